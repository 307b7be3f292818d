/// A decision, and what the packet leaves behind at its host.
///
/// The router changes nothing by itself: whoever forwards applies what remains.
public struct Outcome: Hashable, Sendable {
  /// What becomes of the frame.
  public var decision: Decision

  /// What the host knows afterwards that it did not know before.
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

  /// The address of an L2Only machine that the host has learned.
  public var learned: LearnedAddress?

  /// What the sending host should be told.
  public var notice: ControlNotice?

  /// Nothing.
  public init() {}
}

/// An address that a host saw a machine use.
public struct LearnedAddress: Hashable, Sendable {
  /// The address.
  public var address: IPAddress

  /// The L2Only record of the machine's MAC address, by its place among the host's records.
  public var record: Int
}

/// What a receiving host tells the sending one ([MS-NVGREE], section 2.2).
public enum ControlNotice: Hashable, Sendable {
  /// REDIRECT: the machine is at this provider address now.
  case redirect(to: IPAddress)
  /// UNREACHABLE: the receiver has no policy for the packet, or another one.
  case unreachable
}
