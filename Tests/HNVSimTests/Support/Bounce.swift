import HNVCore

@testable import HNVSim

/// A network whose hosts and underlay exchange a frame for ever, which no lab can bring about.
struct Bounce: ModelNetwork {
  let network: any ModelNetwork

  var intent: Intent { network.intent }
  var claims: Claims { network.claims }
  var diagnostics: [Diagnostic] { network.diagnostics }

  func initialState() -> NoState { NoState() }

  func mtu(of machine: Int) -> GuestMTU { network.mtu(of: machine) }

  func cell(for element: ElementID, sharing state: NoState) -> any Cell { ElementCell(Wall()) }

  private struct Wall: Element {
    func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
      world.emit(packet, on: .uplink(host: 0))
    }
  }
}
