import HNVCore

@testable import HNVSim

/// The labs that the vRouter is tried on.
enum ContrailLab {
  static let vRouter = try? MACAddress(parsing: "00-00-5E-00-01-00")

  /// The article's network, whose gateway has a subnet of its own.
  static func article(_ change: (inout Lab) -> Void = { _ in }) throws(Faults) -> Fabric {
    var lab = ArticleLab.lab
    change(&lab)
    return try Fabric(lab, under: ContrailModel())
  }

  /// Two subnets, and a gateway in that of A and B.
  static func inside(_ change: (inout Lab) -> Void = { _ in }) throws(Faults) -> Fabric {
    var lab = Lab("gateway inside") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24")
        network.subnet("back", "10.1.2.0/24")
        network.route(to: "0.0.0.0/0", via: "10.0.1.250")
      }
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
      lab.machine("X", on: "hv3", in: "back", "10.1.2.11")
      lab.gateway("GW", on: "hv3") { gateway in
        gateway.interface(in: "front", "10.0.1.250")
        gateway.interface(outside: "internet", "203.0.113.2")
        gateway.route(to: "10.1.2.0/24", via: "10.0.1.1")
        gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
      }
    }
    change(&lab)
    return try Fabric(lab, under: ContrailModel())
  }

  /// A and B in one subnet, X in another, with addresses of both families.
  static func small(
    _ families: [IPFamily] = [.v4], _ change: (inout Lab) -> Void = { _ in }
  ) throws(Faults) -> Fabric {
    try Fabric(SmallLab.lab(families, change), under: ContrailModel())
  }
}

extension ContrailSection {
  /// Sets the era and the mode of all networks.
  mutating func set(_ era: String, _ mode: String? = nil) {
    self.era = SmallLab.written(era)
    self.mode = mode.map { SmallLab.written($0) }
  }
}

extension Trace {
  /// The MAC address that a machine was told for an address.
  func answer(for address: String) -> MACAddress? {
    resolution.first { "\($0.target)" == address }?.answer
  }
}
