import HNVCore

@testable import HNVSim

/// The network of a fabric with a tap on the underlay, and a count of the elements that were made.
struct Wiretap {
  final class Log: @unchecked Sendable {
    var frames: [EthernetFrame] = []

    /// What crossed the underlay beside ARP and neighbour discovery.
    var packets: [IPPacket] { frames.compactMap(\.packet).filter { !$0.isNeighborDiscovery } }

    var hosts: [Int] = []
    var machines: [Int] = []
  }

  let network: any ModelNetwork
  let log = Log()

  init(_ fabric: Fabric) { network = Self.tap(fabric.network, log) }

  private static func tap(_ network: some ModelNetwork, _ log: Log) -> any ModelNetwork {
    Tapped(network: network, log: log)
  }

  var intent: Intent { network.intent }

  /// Sends a packet from the initial state and listens until all is done.
  func run(_ question: Question) throws(Diagnostics) {
    let simulation = Simulation(network, keepingSteps: false)
    _ = simulation.send(try question.testPacket(in: intent))
    simulation.run()
  }

  private struct Tapped<Network: ModelNetwork>: ModelNetwork {
    let network: Network
    let log: Log

    var intent: Intent { network.intent }
    var claims: Claims { network.claims }
    var diagnostics: [Diagnostic] { network.diagnostics }

    func initialState() -> Network.State { network.initialState() }

    func mtu(of machine: Int) -> GuestMTU {
      log.machines.append(machine)
      return network.mtu(of: machine)
    }

    func cell(for element: ElementID, sharing state: Network.State) -> any Cell {
      let cell = network.cell(for: element, sharing: state)
      switch element {
      case .host(let index): log.hosts.append(index)
      case .underlay: return ElementCell(Ear(inner: cell, log: log))
      case .machine, .outside, .router, .device: break
      }
      return cell
    }
  }

  private struct Ear: Element {
    let inner: any Cell
    let log: Log

    func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
      log.frames.append(world.packets.frame(packet))
      inner.receive(packet, from: cable, in: &world)
    }
  }
}
