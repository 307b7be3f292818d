import HNVCore

@testable import HNVSim

/// The labs that the vRouter is tried on.
enum ContrailLab {
  static let vRouter = try? MACAddress(parsing: "00-00-5E-00-01-00")

  /// The article's network, whose gateway has a subnet of its own.
  static func article(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    var lab = ArticleLab.lab
    change(&lab)
    return try Fabric(lab, under: ContrailModel())
  }

  /// The same with the gateway among the machines that it serves.
  static func inside(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(TraditionalLab.lab(change), under: ContrailModel())
  }

  /// A and B in one subnet, X in another, with addresses of both families.
  static func small(
    _ families: [IPFamily] = [.v4], _ change: (inout Lab) -> Void = { _ in }
  ) throws(Diagnostics) -> Fabric {
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
