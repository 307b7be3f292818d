/// What packets can rely on in a VPC.
extension VPCNetwork {
  var claims: Claims {
    let groups = ["sender's security group", "receiver's security group"]
    return Claims(
      resolution: Claim(
        .platformWithTarget, .stated,
        source: "ipSpace, December 2013: hosts intercept ARP, and reply with the target's own MAC"
          + " address"
      ),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated,
        source: "ipSpace, December 2013"),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: false), .stated,
        source: "ipSpace, October and December 2013, on the TTL; on the source MAC address"
          + " one person's notes"),
      delivery: Claim(
        .macAddress, .stated,
        source: "Amazon VPC User Guide, route tables: frames to any other MAC address than the"
          + " router's do not leave the subnet"),
      routeTable: Claim(
        .subnet, .stated, source: "Amazon VPC User Guide, route tables"),
      filters: Claim(
        Claims.Filters(
          [groups[0], "network ACL, outbound", "network ACL, inbound", groups[1]],
          withinSubnet: groups), .stated,
        source: "Amazon VPC User Guide, internetwork traffic privacy"),
      flooding: Claim(
        .dropped, .stated, source: "Amazon VPC FAQs: neither multicast nor broadcast"),
      encapsulation: Claim(
        Claims.Encapsulation("unpublished", overhead: nil), .inferred,
        source: "nobody has published it"),
      guestGateway: Claim(
        .works, .stated,
        source:
          "Amazon VPC User Guide, route tables: data-link forwarding, which route tables do not"
          + " affect; source/destination check off at the gateway"),
      sameSubnetNextHop: Claim(
        .loops, .stated,
        source: "serverfault.com, question 826317, and the Amazon VPC User Guide: a middlebox is in"
          + " another subnet than what it serves"))
  }
}
