import HNVCore

/// VLANs joined by a layer-3 switch: the traditional network.
public struct VLANModel: ForwardingModel {
  /// The model; what a lab sets stands in its `vlan` section.
  public init() {}

  /// `vlan`.
  public var name: String { "vlan" }

  /// Its name in full.
  public var title: String { "VLANs and a layer-3 switch" }

  /// Gives every subnet a VLAN and a router interface, and every network a table.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    VLANNetwork(intent, lab.vlan)
  }
}

/// What a layer-3 switch and the virtual switches of hosts make of a lab.
struct VLANNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let layout: VLANLayout

  init(_ intent: Intent, _ section: VLANSection) {
    var reader = VLANReader(intent, section)
    reader.read()
    self.intent = reader.intent
    layout = reader.layout
    diagnostics =
      reader.diagnostics + VLANCheck(intent: reader.intent, layout: reader.layout).diagnostics()
      + intent.unownedNextHops()
  }

  func initialState() -> NoState { NoState() }

  func cell(for element: ElementID, sharing state: NoState) -> any Cell {
    if case .host(let host) = element { return ElementCell(AccessSwitch(host, layout)) }
    return ElementCell(LayerThreeSwitch(intent, layout))
  }

  func mtu(of machine: Int) -> GuestMTU {
    intent.guestMTU(of: machine, room: layout.mtu, because: "the Ethernet default")
  }
}
