/// A decision, its grounds, and how the packet changes the state of its host.
///
/// The router changes nothing by itself: whoever forwards applies the changes.
public struct Outcome: Hashable, Sendable {
  /// What becomes of the frame.
  public var decision: Decision

  /// What the host knows afterwards that it did not know before.
  public var changes: StateChanges

  /// What the host found where it looked, up to the decision.
  public var grounds: Grounds

  /// Joins a decision to its grounds and to the changes of state.
  public init(
    _ decision: Decision, _ grounds: Grounds = Grounds(), _ changes: StateChanges = StateChanges()
  ) {
    self.decision = decision
    self.grounds = grounds
    self.changes = changes
  }

  /// Who gets a copy, where the decision is to replicate; `nil` for any other.
  public var copies: Replication? { changes.copies }

  /// Compares decisions, their grounds, changes of state, and who gets copies.
  public static func == (left: Outcome, right: Outcome) -> Bool {
    left.decision == right.decision && left.grounds == right.grounds
      && left.changes == right.changes && left.copies == right.copies
  }

  /// Hashes the same.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(decision)
    hasher.combine(grounds)
    hasher.combine(changes)
    hasher.combine(copies)
  }
}

/// What a packet leaves behind at a host; a packet passes at most two of its ports.
///
/// Most packets leave nothing, which takes one word: only what is there is allocated. The list of
/// those who get copies travels along, though it changes no state.
public struct StateChanges: Hashable, Sendable {
  private var content: Content?

  private final class Content: Sendable {
    let things: Things

    init(_ things: Things) { self.things = things }
  }

  private struct Things: Hashable {
    var sender: Connection?
    var receiver: Connection?
    var learned: LearnedAddress?
    var notice: ControlNotice?
    var copies: Replication?
  }

  /// Nothing.
  public init() {}

  private var things: Things {
    get { content?.things ?? Things() }
    set { content = newValue == Things() ? nil : Content(newValue) }
  }

  /// The flow to note at the sender's port.
  public var sender: Connection? {
    get { content?.things.sender }
    set { if content != nil || newValue != nil { things.sender = newValue } }
  }

  /// The flow to note at the receiver's port.
  public var receiver: Connection? {
    get { content?.things.receiver }
    set { if content != nil || newValue != nil { things.receiver = newValue } }
  }

  /// The address of an L2Only machine that the host has learned.
  public var learned: LearnedAddress? {
    get { content?.things.learned }
    set { if content != nil || newValue != nil { things.learned = newValue } }
  }

  /// The notice to send to the sending host.
  public var notice: ControlNotice? {
    get { content?.things.notice }
    set { if content != nil || newValue != nil { things.notice = newValue } }
  }

  /// Who gets a copy of the frame: a list, of which a decision holds none.
  var copies: Replication? {
    get { content?.things.copies }
    set { if content != nil || newValue != nil { things.copies = newValue } }
  }

  private var withoutCopies: Things {
    var things = things
    things.copies = nil
    return things
  }

  /// Compares the changes of state.
  public static func == (left: StateChanges, right: StateChanges) -> Bool {
    left.withoutCopies == right.withoutCopies
  }

  /// Hashes the changes of state.
  public func hash(into hasher: inout Hasher) { hasher.combine(withoutCopies) }
}

/// A notice from a receiving host to the sending one ([MS-NVGREE], section 2.2).
public enum ControlNotice: Hashable, Sendable {
  /// REDIRECT: the machine is at this provider address now.
  case redirect(to: IPAddress)
  /// UNREACHABLE: the receiver has no policy for the packet, or another one.
  case unreachable
}
