import HNVCore

/// What packets can rely on under the vRouter, by its era and the mode of the first network.
extension ContrailNetwork {
  var claims: Claims {
    let mode = settings.networks.isEmpty ? .bridgingAndRouting : settings.mode(ofNetwork: 0, .v4)
    let decrements = settings.era == .bridging
    return Claims(
      resolution: resolution(mode),
      withinSubnet: mode == .routing
        ? Claim(
          Claims.Treatment(.bothRewritten, decrementsTimeToLive: decrements), .read,
          source: routingSource)
        : Claim(
          Claims.Treatment(.kept, decrementsTimeToLive: false), .read,
          source: "tf-vrouter, vr_bridge.c"),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: decrements), .read,
        source: routingSource),
      delivery: mode == .routing
        ? Claim(.ipAddress, .read, source: routingSource)
        : Claim(.macAddress, .read, source: "tf-vrouter, vr_datapath.c"),
      routeTable: Claim(
        .network, .stated, source: "tungstenfabric/docs, vrouter-cli-utilities: a VRF on every host"
      ),
      filters: Claim(
        Claims.Filters(
          ["flow of the sender's interface", "flow of the receiver's interface"],
          withinSubnet: ["flow of the sender's interface", "flow of the receiver's interface"]),
        .read, source: "tf-vrouter, vr_flow.c: flows are looked up before bridging and routing"),
      flooding: flooding(mode),
      encapsulation: Claim(
        Claims.Encapsulation(
          settings.encapsulation.rawValue,
          overhead: 20 + settings.encapsulation.overhead(ofFrames: mode != .routing)), .read,
        source: "tf-vrouter, vr_nexthop.c; RFC 4023; RFC 7510; RFC 7348"),
      guestGateway: mode == .routing
        ? Claim(.ignored, .read, source: routingSource)
        : Claim(
          .works, .read,
          source: "tf-vrouter, vr_bridge.c; return traffic through that machine needs rpf off"),
      sameSubnetNextHop: Claim(
        .hairpin, .inferred,
        source: "an interface route table: the route leads to the machine's interface"))
  }

  private var routingSource: String {
    settings.era == .routing
      ? "contrail-vrouter at 8ec9656 (February 2014), vr_proto_ip.c"
      : "contrail-vrouter at c88c40e (November 2014), vr_proto_ip.c"
  }

  private func resolution(_ mode: ContrailSettings.Mode) -> Claim<Claims.Resolution> {
    let source = "tungstenfabric/docs, Contrail-VRouter-ARP-Processing"
    return switch (settings.era, mode) {
    case (.routing, _):
      Claim(
        .platformWithConstant, .read,
        source: "contrail-vrouter at 8ec9656 (February 2014), vr_datapath.c")
    case (_, .bridging): Claim(.target, .stated, source: source)
    case (_, .bridgingAndRouting): Claim(.platformWithTarget, .stated, source: source)
    case (_, .routing): Claim(.platformWithRouter, .stated, source: source)
    }
  }

  private func flooding(_ mode: ContrailSettings.Mode) -> Claim<Claims.Flooding> {
    let floods = settings.networks.first?.floodUnknownUnicast == .on
    return switch (settings.era, mode) {
    case (.bridging, .routing):
      Claim(.dropped, .inferred, source: "a network that does not bridge has no broadcasts")
    case (.bridging, _) where floods:
      Claim(.headEnd, .read, source: "tf-vrouter, vr_bridge.c")
    default: Claim(.broadcastOnly, .read, source: "tf-vrouter, vr_bridge.c")
    }
  }
}
