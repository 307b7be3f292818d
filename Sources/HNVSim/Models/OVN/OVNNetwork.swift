import HNVCore

/// What OVN makes of a lab: a logical switch for each subnet, and a logical router for each network
/// with a port on each of its switches.
struct OVNNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let topology: OVNTopology
  private let directory: UnderlayDirectory

  init(_ intent: Intent, _ section: OVNSection) {
    self.intent = intent
    var reader = OVNReader(intent)
    let lists = reader.accessLists(section)
    topology = OVNTopology(intent, lists, portSecurity: section.portSecurity)
    directory = UnderlayDirectory(intent)
    diagnostics = reader.diagnostics + intent.routesOffLink() + intent.unownedNextHops()
  }

  func initialState() -> OVNState { OVNState(intent, topology.adapters) }

  func cell(for element: ElementID, sharing state: OVNState) -> any Cell {
    if case .host(let host) = element {
      return ElementCell(OVNChassis(host, topology, state, in: intent))
    }
    return ElementCell(Underlay(directory))
  }

  /// What carries the bytes of Geneve as well; OpenStack announces it to guests by DHCP.
  func mtu(of machine: Int) -> GuestMTU {
    let room = intent.room(less: Self.overhead)
    return intent.guestMTU(
      of: machine, otherwise: room, room: room,
      because: "the MTU of the underlay minus \(Self.overhead) for Geneve")
  }

  /// Outer IPv4, UDP, Geneve with one option, and the inner Ethernet header (ovn-util.h).
  static let overhead = 58

  var claims: Claims {
    let flows = "ovn-logical-flows(7)"
    return Claims(
      resolution: Claim(.platformWithTarget, .stated, source: flows),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated, source: flows),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: true), .stated, source: flows),
      delivery: Claim(.macAddress, .stated, source: flows),
      routeTable: Claim(.network, .stated, source: "ovn-architecture(7): on the sender's host"),
      filters: Claim(
        Claims.Filters(
          ["from-lport", "router's port, to-lport", "router's port, from-lport", "to-lport"],
          withinSubnet: ["from-lport", "to-lport"]), .stated, source: flows),
      flooding: Claim(.broadcastOnly, .stated, source: flows),
      encapsulation: Claim(
        Claims.Encapsulation("Geneve", overhead: Self.overhead), .read, source: "ovn-util.h"),
      guestGateway: Claim(.works, .stated, source: flows),
      sameSubnetNextHop: Claim(
        .hairpin, .stated,
        source: "ovn-logical-flows(7): sending out the port of entry is explicitly allowed"))
  }
}
