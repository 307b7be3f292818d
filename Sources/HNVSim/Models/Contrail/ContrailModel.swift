import HNVCore

/// The OpenContrail vRouter, today Tungsten Fabric's.
public struct ContrailModel: ForwardingModel {
  /// The model; what a lab sets stands in its `contrail` section.
  public init() {}

  /// `contrail`.
  public var name: String { "contrail" }

  /// Its name in full.
  public var title: String { "OpenContrail vRouter" }

  /// Reads what the lab sets, and makes what the controller tells every vRouter.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    ContrailNetwork(intent, lab.contrail)
  }
}

/// What OpenContrail makes of a lab: the same routes and labels on every host.
///
/// Facts of a run share it.
final class ContrailNetwork: ModelNetwork {
  let intent: Intent
  let settings: ContrailSettings
  let routing: VirtualRouting
  /// The policies of the interfaces that have rules.
  let policies: [Cable: AccessList]
  let diagnostics: [Diagnostic]
  /// Who is where on the underlay.
  private let underlay: UnderlayDirectory

  init(_ intent: Intent, _ section: ContrailSection) {
    self.intent = intent
    let reader = ContrailReader(intent, section)
    settings = reader.settings
    routing = VirtualRouting(intent)
    policies = routing.directory.all.reduce(into: [:]) {
      $0[$1.cable] = .policy(of: $1, in: intent)
    }
    underlay = UnderlayDirectory(intent)
    var diagnostics = reader.diagnostics
    if !routing.hasLabels(for: intent) {
      diagnostics.append(
        Diagnostic(
          .limit, value: "\(routing.directory.all.count)",
          "\(routing.directory.all.count) interfaces exceed the 20-bit label space",
          fix: "use fewer machines"))
    }
    self.diagnostics =
      diagnostics
      + intent.sharedAddressesLeftOut(
        "the vRouter", because: "allowed address pairs are not simulated",
        fix: "use the machines' own addresses, and a route of the network to one")
  }

  func initialState() -> NoState { NoState() }

  func cell(for element: ElementID, sharing state: NoState) -> any Cell {
    switch element {
    case .host(let index): ElementCell(VRouter(index, self))
    case .underlay, .machine, .outside, .router, .device: ElementCell(Underlay(underlay))
    }
  }

  func mtu(of machine: Int) -> GuestMTU {
    let subnet = intent.machines[machine].interfaces.lazy.compactMap(intent.subnet(of:)).first
    let overhead = subnet.map { self.overhead(inNetwork: intent.subnets[$0].network) } ?? 0
    return intent.guestMTU(
      of: machine, room: intent.room(less: overhead),
      because: "the Ethernet default, not lowered by the vRouter")
  }

  /// The most bytes by which a network's packets grow between hosts.
  func overhead(inNetwork network: Int) -> Int {
    let outer = intent.hosts.first?.address.family == .v6 ? 40 : 20
    let isRouted = settings.mode(ofNetwork: network, .v4) == .routing
    return outer + settings.encapsulation.overhead(ofFrames: !isRouted)
  }
}

extension ContrailSettings.Encapsulation {
  /// What carries packets, which are without a frame: VXLAN carries frames alone.
  var ofPackets: Self { self == .vxlan ? .mplsOverGRE : self }

  /// The bytes between the outer IP header and the inner one.
  func overhead(ofFrames isFrame: Bool) -> Int {
    let used = isFrame ? self : ofPackets
    let header =
      switch used {
      case .mplsOverGRE: 4 + MPLSHeader.byteCount
      case .mplsOverUDP: UDPDatagram.headerByteCount + MPLSHeader.byteCount
      case .vxlan: VXLANHeader.byteCountWithUDP
      }
    return header + (isFrame ? EthernetFrame.headerByteCount : 0)
  }
}

extension MACAddress {
  /// The vRouter's MAC address towards machines, the same on every host: that of VRRP's router 0,
  /// a constant without the protocol (contrail-vrouter, `vr_interface.c`).
  static let vRouter = MACAddress(bits: 0x0000_5E00_0100)
}
