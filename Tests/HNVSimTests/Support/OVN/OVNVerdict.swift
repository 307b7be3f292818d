import HNVCore

/// What OVN's tracer says becomes of a packet: the frames that reach ports.
///
/// A packet without any is dropped.
struct OVNVerdict: Hashable {
  /// Why a frame leaves: OVN's name of the action that made it.
  enum Cause: String {
    /// The packet that was asked about, changed on its way or turned into its own answer.
    case packet
    /// An ICMP error about it.
    case icmp4
    /// A TCP reset in its place.
    case reset = "tcp_reset"
    /// A router's question for the MAC of the next hop; the packet itself goes no further.
    case arp
  }

  /// A frame at a logical switch port.
  ///
  /// Port names are unique in OVN, over all switches.
  struct Output: Hashable {
    let port: String
    let cause: Cause
    let packet: OVNPacket
  }

  let outputs: [Output]

  var isDropped: Bool { outputs.isEmpty }
}

/// The header fields that OVN compares and rewrites; `nil` where the packet has no such header.
struct OVNPacket: Hashable {
  /// What an IPv4 header says.
  struct IP: Hashable {
    var source: IPv4Address
    var destination: IPv4Address
    var timeToLive: UInt8
  }

  /// What an ARP message says.
  struct ARP: Hashable {
    var operation: UInt16
    var senderMAC: MACAddress
    var sender: IPv4Address
    var targetMAC: MACAddress
    var target: IPv4Address
  }

  /// What an ICMP message says.
  struct ICMP: Hashable {
    var type: UInt8
    var code: UInt8
  }

  var source: MACAddress
  var destination: MACAddress
  var ip: IP?
  var arp: ARP?
  var icmp: ICMP?
}
