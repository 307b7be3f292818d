import HNVCore

@testable import HNVSim

/// The plan of a fabric with an ear on the underlay, and a count of the boxes that were made.
struct Wiretap: ModelPlan {
  final class Log: @unchecked Sendable {
    var frames: [EthernetFrame] = []

    /// What crossed the underlay beside ARP and neighbour discovery.
    var packets: [IPPacket] { frames.compactMap(\.packet).filter { !$0.isNeighborDiscovery } }

    var hosts: [Int] = []
    var machines: [Int] = []
  }

  let plan: any ModelPlan
  let log = Log()

  init(_ fabric: Fabric) { plan = fabric.plan }

  var intent: Intent { plan.intent }
  var claims: Claims { plan.claims }
  var faults: [Fault] { plan.faults }

  func initialState() -> any ModelState { plan.initialState() }

  func mtu(of machine: Int) -> GuestMTU {
    log.machines.append(machine)
    return plan.mtu(of: machine)
  }

  func box(for element: ElementID) -> any Box {
    switch element {
    case .host(let index):
      log.hosts.append(index)
      return plan.box(for: element)
    case .underlay: return Ear(plan.box(for: element), log)
    case .machine, .outside, .router, .device: return plan.box(for: element)
    }
  }

  /// Sends a packet from the initial state and listens until all is done.
  func run(_ question: Question) throws(Faults) {
    let simulation = Simulation(self, keepingSteps: false)
    _ = simulation.send(try question.probe(in: intent))
    simulation.run()
  }

  private final class Ear: Box {
    let inner: any Box
    let log: Log

    init(_ inner: any Box, _ log: Log) {
      self.inner = inner
      self.log = log
    }

    func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
      log.frames.append(frame)
      inner.receive(frame, from: cable, in: context)
    }
  }
}
