extension LabShape {
  static let nsx = Shape.object(
    ObjectShape(
      "nsx section", about: "What only NSX for vSphere has; all may be left out.",
      keys: [
        .init("vnis", vnis, about: "The VNIs of subnets. Default: from 5001."),
        .init("groups", underlayGroups, about: "The groups of subnets. Default: derived."),
        setting(NSXReplication.self), setting(ARPSuppression.self),
        setting(NSXTimeToLive.self), setting(NSXRouterNeighbors.self),
        setting(NSXIPv6Routing.self), setting(NSXForgedTransmits.self),
        setting(NSXPromiscuousMode.self),
      ]))
}

extension LabReader {
  func nsxSection(_ value: JSON5Value) -> NSXSection {
    var section = NSXSection()
    section.vnis = named(value, "vnis")
    section.groups = named(value, "groups")
    section.replication = optional(value, "replication")
    section.arpSuppression = optional(value, "arpSuppression")
    section.timeToLive = optional(value, "timeToLive")
    section.routerNeighbors = optional(value, "routerNeighbors")
    section.ipv6Routing = optional(value, "ipv6Routing")
    section.forgedTransmits = optional(value, "forgedTransmits")
    section.promiscuousMode = optional(value, "promiscuousMode")
    return section
  }
}
