import HNVCore

/// What should happen when, and what should be true, with every name resolved.
struct Timeline: Sendable {
  var events: [Event] = []
  var expectations: [Expectation] = []

  struct Event: Sendable {
    let time: VirtualTime
    let action: Action
    let text: String
    /// What several packets of one event have in common; `nil` for what happens once.
    var stream: Int?
  }

  enum Action: Sendable {
    case send(TestPacket)
    case deliver(PolicyItem, hosts: [Int])
    case withhold(PolicyItem, hosts: [Int])
    case move(machine: Int, host: Int)
    case stop(ElementID)
    case start(ElementID)
    case cut(ElementID, ElementID)
    case restore(ElementID, ElementID)
  }

  struct Expectation: Sendable {
    let claim: Claim
    let place: Place
    let text: String
    /// Whether the packet's sender is told of a better way; `nil` leaves that open.
    var isRedirected: Bool?

    enum Claim: Sendable {
      case packet(Question, at: VirtualTime?, ExpectedOutcome, through: [String]?)
      case fault(DiagnosticRule)
    }
  }
}
