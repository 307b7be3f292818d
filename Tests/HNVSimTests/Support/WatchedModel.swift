import HNVCore
import HNVSim

/// A forwarding model with weak references to what goes with every element that its networks make
/// for runs.
struct WatchedModel: ForwardingModel {
  /// What was made, by weak references.
  final class Elements: @unchecked Sendable {
    /// Lives as long as an element does.
    fileprivate final class Token {}

    private struct Reference {
      weak var token: Token?
    }

    private var made: [Reference] = []

    /// How many elements runs have made since the last count.
    var madeCount: Int { made.count }

    /// How many of them are still in memory.
    var aliveCount: Int { made.count { $0.token != nil } }

    fileprivate func watch(_ cell: any Cell) -> any Cell {
      let token = Token()
      made.append(Reference(token: token))
      return ElementCell(Watched(content: cell, token: token))
    }
  }

  private struct Watched: Element {
    let content: any Cell
    let token: Elements.Token

    func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
      content.receive(packet, from: cable, in: &world)
    }

    func timeout(_ timer: Timer, in world: inout World) {
      content.timeout(timer, in: &world)
    }

    func halt(in world: inout World) { content.halt(in: &world) }

    func welcome(_ machine: Int, in world: inout World) {
      content.welcome(machine, in: &world)
    }

    func start(in world: inout World) { content.start(in: &world) }
  }

  let model: any ForwardingModel
  let elements = Elements()

  init(_ model: any ForwardingModel) { self.model = model }

  var name: String { model.name }
  var title: String { model.title }

  func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    watch(model.makeNetwork(from: intent, of: lab))
  }

  private func watch(_ network: some ModelNetwork) -> any ModelNetwork {
    Watching(network: network, elements: elements)
  }

  private struct Watching<Network: ModelNetwork>: ModelNetwork {
    let network: Network
    let elements: Elements

    var intent: Intent { network.intent }
    var diagnostics: [Diagnostic] { network.diagnostics }
    var claims: Claims { network.claims }
    var tellsHosts: Bool { network.tellsHosts }
    var errorSetting: String? { network.errorSetting }

    func initialState() -> Network.State { network.initialState() }

    func cell(for element: ElementID, sharing state: Network.State) -> any Cell {
      elements.watch(network.cell(for: element, sharing: state))
    }

    func mtu(of machine: Int) -> GuestMTU { network.mtu(of: machine) }

    func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic {
      network.adjustingSeverity(of: diagnostic)
    }
  }
}
