import HNVCore

/// What packets can rely on under VXLAN with a router VM.
extension VXLANNetwork {
  var claims: Claims {
    Claims(
      resolution: Claim(
        arpSuppression == .on ? .platformWithTarget : .target, .stated,
        source: "RFC 7348, section 4.1; with suppression RFC 7432, section 10"),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated,
        source: "RFC 7348, section 4: the inner frame is carried as it is; ipSpace, October 2013"),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: true), .stated,
        source: "RFC 1812, section 5.3.1: the router VM is a router"),
      delivery: Claim(
        .macAddress, .stated, source: "RFC 7348, section 4.1: VTEPs look up the inner MAC address"),
      routeTable: Claim(.router, .stated, source: "the article: a VM that forwards is the router"),
      filters: Claim(
        Claims.Filters(
          ["sender's vNIC", "receiver's vNIC"],
          withinSubnet: ["sender's vNIC", "receiver's vNIC"]), .inferred,
        source: "VXLAN has no filters of its own; hypervisors have them at vNICs"),
      flooding: Claim(
        replication == .multicast ? .underlayMulticast : .headEnd, .stated,
        source: "RFC 7348, section 4.2; RFC 8365, section 5.1.3"),
      encapsulation: Claim(
        Claims.Encapsulation("VXLAN", overhead: Encapsulation.vxlan.overhead(over: .v4)), .stated,
        source: "RFC 7348, section 5"),
      guestGateway: Claim(
        .works, .inferred, source: "RFC 7348, section 4.1: frames go to the MAC address they name"),
      sameSubnetNextHop: Claim(
        .hairpin, .stated,
        source: "RFC 1812, section 5.2.7.2: forwarded, and a redirect goes to"
          + " the sender"))
  }
}
