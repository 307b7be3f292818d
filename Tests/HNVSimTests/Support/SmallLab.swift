import HNVCore
import HNVSim

/// Two VMs in one subnet on two hosts, a third in another subnet, and an idle host.
enum SmallLab {
  static let place = Place(file: "small", line: 1)

  static func lab(
    _ families: [IPFamily] = [.v4], _ change: (inout Lab) -> Void = { _ in }
  ) -> Lab {
    Lab("small") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      lab.network("blue") { network in
        network.subnet("front", "")
        network.subnet("back", "")
        network.subnets[0].prefixes = written(families, "10.0.1.0/24", "fd00:1::/64")
        network.subnets[1].prefixes = written(families, "10.1.2.0/24", "fd00:2::/64")
      }
      lab.machine("A", on: "hv1", in: "front") {
        $0.interfaces[0].addresses = written(families, "10.0.1.11", "fd00:1::11")
      }
      lab.machine("B", on: "hv2", in: "front") {
        $0.interfaces[0].addresses = written(families, "10.0.1.12", "fd00:1::12")
      }
      lab.machine("X", on: "hv2", in: "back") {
        $0.interfaces[0].addresses = written(families, "10.1.2.11", "fd00:2::11")
      }
      change(&lab)
    }
  }

  static func fabric(
    _ families: [IPFamily] = [.v4], _ change: (inout Lab) -> Void = { _ in }
  ) throws(Diagnostics) -> Fabric { try Fabric(lab(families, change)) }

  static func written(_ text: String) -> Written { Written(text, at: place) }

  private static func written(_ families: [IPFamily], _ v4: String, _ v6: String) -> [Written] {
    families.map { written($0 == .v4 ? v4 : v6) }
  }
}

extension Lab {
  /// Gives a setting of HNV a value.
  mutating func set(_ name: String, _ value: String) {
    hnv.settings.append(HNVSection.Named(SmallLab.written(name), SmallLab.written(value)))
  }

  /// Changes a machine of the lab.
  mutating func change(_ name: String, _ change: (inout Machine) -> Void) {
    for index in machines.indices where machines[index].name.text == name {
      change(&machines[index])
    }
  }

  /// A machine that forwards between `front` and an outside network, in a subnet of its own.
  mutating func addGateway(default gateway: String = "203.0.113.1") {
    networks[0].subnets.append(
      Subnet(name: SmallLab.written("transit"), prefixes: [SmallLab.written("10.0.2.0/24")]))
    networks[0].route(to: "0.0.0.0/0", via: "10.0.2.250")
    outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
    self.gateway("GW", on: "hv3") { machine in
      machine.interface(in: "transit", "10.0.2.250")
      machine.interface(outside: "internet", "203.0.113.2")
      machine.route(to: "10.0.1.0/24", via: "10.0.2.1")
      machine.route(to: "10.1.2.0/24", via: "10.0.2.1")
      machine.route(to: "0.0.0.0/0", via: gateway)
    }
  }
}

extension Trace {
  /// The addresses that one element asked for, in order: machines ask for their next hops, hosts
  /// and routers of the underlay for theirs.
  func questions(of element: String) -> [String] {
    resolution.filter { $0.machine == element }.map { "\($0.target)" }
  }
}
