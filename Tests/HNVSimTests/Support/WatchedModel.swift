import HNVCore
import HNVSim

/// A forwarding model with weak references to everything that its networks make for runs.
struct WatchedModel: ForwardingModel {
  /// What was made, by weak references.
  final class Elements: @unchecked Sendable {
    private struct Element {
      weak var box: (any Box)?
    }

    private var made: [Element] = []

    /// How many elements runs have made since the last count.
    var madeCount: Int { made.count }

    /// How many of them are still in memory.
    var aliveCount: Int { made.count { $0.box != nil } }

    fileprivate func add(_ box: any Box) { made.append(Element(box: box)) }
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
      let box = network.element(for: element)
      elements.add(box)
      return box
    }

    func mtu(of machine: Int) -> GuestMTU { network.mtu(of: machine) }

    func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic {
      network.adjustingSeverity(of: diagnostic)
    }
  }
}
