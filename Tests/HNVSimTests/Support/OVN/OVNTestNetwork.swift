import HNVCore

/// Logical switches around one logical router, with machines on them, in words that are not OVN's
/// alone: the same description becomes commands for OVN and a lab for us.
struct OVNTestNetwork {
  /// A subnet, and the router's port on it.
  struct Switch {
    var prefix: IPPrefix
    var routerAddress: IPv4Address
    var routerMAC: MACAddress
  }

  /// A machine's port.
  struct Port {
    var onSwitch: Int
    var address: IPv4Address
    var macAddress: MACAddress
  }

  /// A static route of the router.
  struct Route {
    var prefix: IPPrefix
    var nextHop: IPv4Address
  }

  /// A rule of a switch's access list.
  ///
  /// The highest priority decides; no two rules share one.
  struct AccessRule {
    enum Direction: String, CaseIterable {
      /// As packets enter the switch, from a machine or from the router.
      case entering = "from-lport"
      /// As packets leave it, to a machine or to the router.
      case leaving = "to-lport"
    }

    enum Verdict: String, CaseIterable {
      case allow, drop
      case allowRelated = "allow-related"
    }

    var onSwitch: Int
    var direction: Direction
    var priority: Int
    /// The port that the rule is for; `nil` for every port of the switch, the router's among them.
    var port: Int?
    var source: IPPrefix?
    var destination: IPPrefix?
    var ipProtocol: IPProtocol?
    var verdict: Verdict
  }

  /// Tells it from the others in the same database, where ports need names of their own.
  let number: Int
  var switches: [Switch] = []
  var ports: [Port] = []
  var routes: [Route] = []
  var accessRules: [AccessRule] = []

  func switchName(_ index: Int) -> String { "n\(number)-s\(index)" }

  func portName(_ index: Int) -> String { "n\(number)-p\(index)" }

  /// The machine whose port has a name; `nil` for a port of another network.
  func port(named name: String) -> Int? { ports.indices.first { portName($0) == name } }
}
