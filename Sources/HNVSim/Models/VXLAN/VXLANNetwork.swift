import HNVCore

/// What VXLAN with a router VM makes of a lab: a VTEP on every host, and a machine that forwards
/// between the subnets of each network.
///
/// A VTEP learns where MAC addresses are from the frames that pass it. A machine's new host
/// announces it, unless the lab has it silent: then what is sent to the machine's old host is lost
/// until the machine sends something, or until the entry has aged.
struct VXLANNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let segments: Segments
  let adapters: AdapterDirectory
  let filters: [Cable: AccessList]
  let replication: VXLANReplication
  let arpSuppression: ARPSuppression
  /// Whether hosts announce the machines that have moved to them.
  let moves: MoveAnnouncement
  /// How long a VTEP remembers where a MAC address is.
  let macAgeing: VirtualTime
  private let sizes: VXLANSizes
  private let directory: UnderlayDirectory

  init(_ intent: Intent, _ section: VXLANSection) {
    var reader = SectionReader(intent)
    segments = Segments(section.vnis, groups: section.groups, &reader)
    replication = reader.choice(section.replication, default: .headEnd)
    arpSuppression = reader.choice(section.arpSuppression, default: .off)
    moves = reader.choice(section.moves, default: .announced)
    // The Linux bridge's default, and a common one of switches.
    macAgeing = section.macAgeing.flatMap { reader.readTime($0) } ?? .seconds(300)
    let intent = RouterVMs(section.routers, &reader).added(to: intent)
    self.intent = intent
    adapters = AdapterDirectory(intent)
    filters = AccessList.filters(of: intent, named: "vNIC filter", isStateful: false)
    directory = UnderlayDirectory(intent)
    sizes = VXLANSizes(intent: intent)
    diagnostics =
      reader.diagnostics + sizes.diagnostics() + intent.routesOffLink() + intent.unownedNextHops()
      + intent.timeoutsLeftOut()
  }

  func initialState() -> OverlayState {
    OverlayState(intent, segments, adapters, keepsFlows: false)
  }

  func cell(for element: ElementID, sharing state: OverlayState) -> any Cell {
    switch element {
    case .host(let index): ElementCell(VTEP(index, self, state))
    case .underlay, .machine, .outside, .router, .device: ElementCell(Underlay(directory))
    }
  }

  func mtu(of machine: Int) -> GuestMTU { sizes.mtu(of: machine) }
}
