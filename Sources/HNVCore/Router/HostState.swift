/// What a host has learned from the packets that passed it: the part of its state that no policy
/// says.
///
/// It stays where it is when a machine moves: no source says that live migration takes the state of
/// a port along.
public struct HostState: Hashable, Sendable {
  /// The flows that stateful access rules let through.
  public var connections = ConnectionTable()

  /// The state of a host that no packet has passed.
  public init() {}

  /// Takes in what a packet left behind, at a time in nanoseconds.
  public mutating func apply(_ changes: StateChanges, at now: UInt64) {
    if let connection = changes.sender { connections.refresh(connection, at: now) }
    if let connection = changes.receiver { connections.refresh(connection, at: now) }
  }
}
