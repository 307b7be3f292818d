/// A decision, and what the packet leaves behind at its host.
///
/// The router changes nothing by itself: whoever forwards applies what remains.
public struct Outcome: Hashable, Sendable {
  /// What becomes of the frame.
  public var decision: Decision

  /// What the host knows afterwards that it did not know before, whatever was decided.
  public var remains: Remains

  /// Joins a decision to what remains of it.
  public init(_ decision: Decision, _ remains: Remains = Remains()) {
    self.decision = decision
    self.remains = remains
  }
}

/// What a packet leaves behind at a host; a packet passes at most two of its ports.
public struct Remains: Hashable, Sendable {
  /// The flow to note at the sender's port.
  public var sender: Connection?

  /// The flow to note at the receiver's port.
  public var receiver: Connection?

  /// Nothing.
  public init() {}
}
