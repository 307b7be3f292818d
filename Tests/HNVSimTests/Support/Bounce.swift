import HNVCore

@testable import HNVSim

/// A plan whose hosts and underlay play ball for ever: what no lab can bring about.
struct Bounce: ModelPlan {
  let plan: any ModelPlan

  var intent: Intent { plan.intent }
  var claims: Claims { plan.claims }
  var faults: [Fault] { plan.faults }

  func initialState() -> any ModelState { plan.initialState() }

  func mtu(of machine: Int) -> GuestMTU { plan.mtu(of: machine) }

  func box(for element: ElementID) -> any Box { Wall() }

  private final class Wall: Box {
    func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
      context.emit(frame, on: .uplink(host: 0))
    }
  }
}
