import HNVCore
import HNVSim

/// Which address families a lab has.
enum Stack: CaseIterable {
  case v4, v6, dual

  var families: [IPFamily] {
    switch self {
    case .v4: [.v4]
    case .v6: [.v6]
    case .dual: [.v4, .v6]
    }
  }
}

/// Machines in subnets of one network, spread over hosts, with every number chosen here: what a
/// packet must look like on arrival follows from it alone.
struct Scenario {
  struct Machine: Hashable {
    let number: Int
    let host: Int
    let subnet: Int

    var name: String { "vm\(number)" }
  }

  let stack: Stack
  let hosts: Int
  let subnets: Int
  let machines: [Machine]

  init(seed: UInt64, _ stack: Stack) {
    var generator = SplitMix64(seed: seed)
    let hosts = Int.random(in: 1...4, using: &generator)
    let subnets = Int.random(in: 2...4, using: &generator)
    self.stack = stack
    self.hosts = hosts
    self.subnets = subnets
    machines = (0..<Int.random(in: 4...6, using: &generator)).map { number in
      Machine(
        number: number, host: Int.random(in: 0..<hosts, using: &generator),
        subnet: Int.random(in: 0..<subnets, using: &generator))
    }
  }

  /// Every ordered pair of machines.
  var pairs: [(from: Machine, to: Machine)] {
    machines.flatMap { from in machines.filter { $0 != from }.map { (from, $0) } }
  }

  func prefix(of subnet: Int, _ family: IPFamily) -> String {
    family == .v4 ? "10.\(subnet).7.0/24" : "fd00:\(subnet)::/64"
  }

  func address(of machine: Machine, _ family: IPFamily) -> String {
    family == .v4
      ? "10.\(machine.subnet).7.\(11 + machine.number)"
      : "fd00:\(machine.subnet)::\(11 + machine.number)"
  }

  func mac(of machine: Machine) -> String { "02-AA-00-00-00-0\(machine.number)" }

  func identifier(of subnet: Int) -> Int { 6000 + 7 * subnet }

  func provider(of host: Int) -> String { "192.168.9.\(20 + host)" }

  /// The lab that declares all this.
  var lab: Lab {
    Lab("scenario") { lab in
      for host in 0..<hosts { lab.host("host\(host)", provider(of: host)) }
      lab.network("blue") { network in
        for subnet in 0..<subnets {
          network.subnet("subnet\(subnet)", "")
          network.subnets[subnet].prefixes = stack.families.map { family in
            Written(prefix(of: subnet, family), at: Self.place)
          }
        }
      }
      for machine in machines {
        lab.machine(machine.name, on: "host\(machine.host)", in: "subnet\(machine.subnet)") {
          $0.interfaces[0].mac = Written(mac(of: machine), at: Self.place)
          $0.interfaces[0].addresses = stack.families.map { family in
            Written(address(of: machine, family), at: Self.place)
          }
        }
      }
      lab.hnv.virtualSubnets = (0..<subnets).map { subnet in
        HNVSection.Named(
          Written("subnet\(subnet)", at: Self.place),
          Written("\(identifier(of: subnet))", at: Self.place))
      }
    }
  }

  private static let place = Place(file: "scenario", line: 1)
}
