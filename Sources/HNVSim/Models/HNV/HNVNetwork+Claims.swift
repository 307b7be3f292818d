import HNVCore

/// What packets can rely on under HNV, by its settings.
extension HNVNetwork {
  /// What packets can rely on under HNV, by the policy's settings.
  public var claims: Claims {
    let settings = policy.settings
    return Claims(
      resolution: Claim(
        .platformWithTarget, .stated,
        source: "ipSpace, December 2013: every host answers with the MAC address of the record"),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated,
        source: "the article: no change of MAC addresses and no decrement within a subnet"),
      betweenSubnets: Claim(
        Claims.Treatment(
          settings.sourceMAC == .kept ? .destinationRewritten : .bothRewritten,
          decrementsTimeToLive: settings.timeToLive == .decremented), .inferred,
        source: "settings sourceMAC and timeToLive, with their evidence"),
      delivery: Claim(
        .ipAddress, .stated,
        source: "the article: forwarding relies on the destination IP address only"),
      routeTable: Claim(
        .network, .stated, source: "the article: a distributed router, the same on every host"),
      filters: Claim(
        Claims.Filters(
          ["sender's port", "receiver's port"],
          withinSubnet: ["sender's port", "receiver's port"]), .stated,
        source: "Add-VMNetworkAdapterExtendedAcl: rules on ports, whatever the subnet"),
      flooding: Claim(
        .configured, .stated, source: "ipSpace, December 2013: no flooding; records of groups"),
      encapsulation: Claim(
        Claims.Encapsulation(
          settings.encapsulation.rawValue.uppercased(),
          overhead: settings.encapsulation.overhead(over: .v4)), .stated,
        source: "RFC 7637; RFC 7348"),
      guestGateway: Claim(
        .ignored, .stated,
        source: "the article: the gateway configured in a guest makes no difference"),
      sameSubnetNextHop: Claim(
        settings.externalGateway == .ownSubnet ? .refused : .loops, .stated,
        source: "the article: the gateway needs a subnet of its own"))
  }
}
