/// What packets can rely on in a virtual network.
extension AzureNetwork {
  var claims: Claims {
    let groups = [
      "sender's network security group", "network security group of the sender's subnet",
      "network security group of the receiver's subnet", "receiver's network security group",
    ]
    let treatment = Claims.Treatment(.bothRewritten, decrementsTimeToLive: false)
    return Claims(
      resolution: Claim(
        .platformWithConstant, .stated,
        source: "untangled.eu, July 2017; ipSpace, May 2020: every address shows one MAC address"),
      withinSubnet: Claim(
        treatment, .stated,
        source: "ipSpace, October 2013, on the TTL; May 2020, on MAC addresses"),
      betweenSubnets: Claim(
        treatment, .stated,
        source: "ipSpace, October 2013, on the TTL; May 2020, on MAC addresses"),
      delivery: Claim(
        .ipAddress, .stated, source: "ipSpace, May 2020: the destination MAC address is ignored"),
      routeTable: Claim(
        .subnet, .stated,
        source: "Azure, virtual network traffic routing: effective routes, by the interface's"
          + " subnet"),
      filters: Claim(
        Claims.Filters(groups, withinSubnet: groups), .stated,
        source: "Azure, how network security groups filter network traffic"),
      flooding: Claim(.dropped, .stated, source: "Azure, virtual network FAQ"),
      encapsulation: Claim(
        Claims.Encapsulation("unpublished", overhead: nil), .inferred,
        source: "nobody has published it"),
      guestGateway: Claim(
        .ignored, .stated, source: "ipSpace, May 2020: the destination MAC address is ignored"),
      sameSubnetNextHop: Claim(
        .loops, .stated,
        source: "Azure, virtual network traffic routing: an appliance is in another subnet, or a"
          + " routing loop can occur"))
  }
}
