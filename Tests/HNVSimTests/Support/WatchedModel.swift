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

    fileprivate func watch(_ element: any Element) -> any Element {
      let token = Token()
      made.append(Reference(token: token))
      return Watched(content: element, token: token)
    }
  }

  private struct Watched: Element {
    var content: any Element
    let token: Elements.Token

    mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
      content.receive(packet, from: cable, in: &world)
    }

    mutating func timeout(_ timer: Timer, in world: inout World) {
      content.timeout(timer, in: &world)
    }

    mutating func halt(in world: inout World) { content.halt(in: &world) }

    mutating func welcome(_ machine: Int, in world: inout World) {
      content.welcome(machine, in: &world)
    }

    mutating func start(in world: inout World) { content.start(in: &world) }
  }

  let model: any ForwardingModel
  let elements = Elements()

  init(_ model: any ForwardingModel) { self.model = model }

  var name: String { model.name }
  var title: String { model.title }

  func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    Network(network: model.makeNetwork(from: intent, of: lab), elements: elements)
  }

  private struct Network: ModelNetwork {
    let network: any ModelNetwork
    let elements: Elements

    var intent: Intent { network.intent }
    var diagnostics: [Diagnostic] { network.diagnostics }
    var claims: Claims { network.claims }
    var tellsHosts: Bool { network.tellsHosts }
    var errorSetting: String? { network.errorSetting }

    func initialState() -> any ModelState { network.initialState() }

    func element(for element: ElementID) -> any Element {
      elements.watch(network.element(for: element))
    }

    func mtu(of machine: Int) -> GuestMTU { network.mtu(of: machine) }

    func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic {
      network.adjustingSeverity(of: diagnostic)
    }
  }
}
