import HNVCore

/// What packets can rely on under NSX for vSphere.
extension NSXNetwork {
  var claims: Claims {
    Claims(
      resolution: Claim(
        settings.arpSuppression == .on ? .platformWithTarget : .target, .stated,
        source: "VMware, NSX 6.4 troubleshooting guide: ARP suppression"),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated,
        source: "ipSpace, November 2013: layer-2 switching in VMware NSX"),
      betweenSubnets: Claim(
        Claims.Treatment(
          .bothRewritten, decrementsTimeToLive: settings.timeToLive == .decremented), .inferred,
        source: "VMware, NSX 6.4 troubleshooting guide, for the MAC addresses; setting timeToLive"),
      delivery: Claim(
        .macAddress, .stated,
        source: "VMware, NSX 6.4 troubleshooting guide: the controller's MAC table"),
      routeTable: Claim(
        .network, .stated,
        source: "VMware, NSX 6.4 administration guide: a distributed router, alike on every host"),
      filters: Claim(
        Claims.Filters(
          ["sender's vNIC", "receiver's vNIC"],
          withinSubnet: ["sender's vNIC", "receiver's vNIC"]), .stated,
        source: "VMware, NSX 6.2 and 6.4 troubleshooting guides: the distributed firewall"),
      flooding: Claim(
        settings.replication == .multicast ? .underlayMulticast : .headEnd, .stated,
        source: "VMware, NSX 6.4 installation guide: replication modes"),
      encapsulation: Claim(
        Claims.Encapsulation("VXLAN", overhead: Encapsulation.vxlan.overhead(over: .v4)), .stated,
        source: "RFC 7348, section 5"),
      guestGateway: Claim(
        .works, .inferred, source: "a logical switch sends frames to the MAC address they name"),
      sameSubnetNextHop: Claim(
        .hairpin, .inferred, source: "the distributed router is a router; no source says otherwise")
    )
  }
}
