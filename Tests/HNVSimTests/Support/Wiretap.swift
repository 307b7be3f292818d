import HNVCore

@testable import HNVSim

/// The network of a fabric with a tap on the underlay, and a count of the elements that were made.
struct Wiretap: ModelNetwork {
  final class Log: @unchecked Sendable {
    var frames: [EthernetFrame] = []

    /// What crossed the underlay beside ARP and neighbour discovery.
    var packets: [IPPacket] { frames.compactMap(\.packet).filter { !$0.isNeighborDiscovery } }

    var hosts: [Int] = []
    var machines: [Int] = []
  }

  let network: any ModelNetwork
  let log = Log()

  init(_ fabric: Fabric) { network = fabric.network }

  var intent: Intent { network.intent }
  var claims: Claims { network.claims }
  var diagnostics: [Diagnostic] { network.diagnostics }

  func initialState() -> any ModelState { network.initialState() }

  func mtu(of machine: Int) -> GuestMTU {
    log.machines.append(machine)
    return network.mtu(of: machine)
  }

  func element(for element: ElementID) -> any Element {
    switch element {
    case .host(let index):
      log.hosts.append(index)
      return network.element(for: element)
    case .underlay: return Ear(network.element(for: element), log)
    case .machine, .outside, .router, .device: return network.element(for: element)
    }
  }

  /// Sends a packet from the initial state and listens until all is done.
  func run(_ question: Question) throws(Diagnostics) {
    let simulation = Simulation(self, keepingSteps: false)
    _ = simulation.send(try question.probe(in: intent))
    simulation.run()
  }

  private struct Ear: Element {
    var inner: any Element
    let log: Log

    init(_ inner: any Element, _ log: Log) {
      self.inner = inner
      self.log = log
    }

    mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
      log.frames.append(world.packets.frame(packet))
      inner.receive(packet, from: cable, in: &world)
    }
  }
}
