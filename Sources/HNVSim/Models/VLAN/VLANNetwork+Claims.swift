import HNVCore

/// What packets can rely on under VLANs and a layer-3 switch.
extension VLANNetwork {
  var claims: Claims {
    Claims(
      resolution: Claim(
        .target, .stated, source: "RFC 826: whoever has the address answers the broadcast"),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated,
        source: "IEEE 802.1Q: a bridge forwards frames as they are"),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: true), .stated,
        source: "RFC 1812, section 5.3.1: a router decrements, and sends from its own interface"),
      delivery: Claim(
        .macAddress, .stated, source: "IEEE 802.1Q: the filtering database holds MAC addresses"),
      routeTable: Claim(
        .router, .stated, source: "the article: a physical layer-3 switch joins the VLANs"),
      filters: Claim(
        Claims.Filters(
          ["sender's port", "VLAN in", "SVI in", "SVI out", "VLAN out", "receiver's port"],
          withinSubnet: ["sender's port", "VLAN in", "VLAN out", "receiver's port"]), .stated,
        source: "Cisco 7600 configuration guide, chapter 35: the order of port, VLAN and router"
          + " lists; those of the router do not apply to bridged packets"),
      flooding: Claim(
        .flooded, .stated, source: "IEEE 802.1Q: unknown addresses are flooded"),
      encapsulation: Claim(
        Claims.Encapsulation("802.1Q", overhead: 0), .stated,
        source: "IEEE 802.1Q: four bytes of the frame's header, on trunks alone"),
      guestGateway: Claim(
        .works, .stated, source: "the article: A's default gateway can be .250 in its own subnet"),
      sameSubnetNextHop: Claim(
        .hairpin, .stated,
        source: "the article: a static default route on the router points to .250; RFC 1812,"
          + " section 5.2.7.2: the packet leaves by the interface that it came by"))
  }
}
