/// The flows that the stateful access rules of one host's ports let through at present.
public struct ConnectionTable: Hashable, Sendable {
  private var entries: [ConnectionKey: Entry] = [:]
  private var sweepCount = Self.smallestSweep

  private struct Entry: Hashable {
    var lastPacket: UInt64
    var idleSessionTimeout: UInt16

    func isAlive(at now: UInt64) -> Bool {
      // A clock that is behind the last packet is no reason to forget it.
      now < lastPacket || now - lastPacket < UInt64(idleSessionTimeout) * 1_000_000_000
    }
  }

  /// Creates an empty table.
  public init() {}

  /// Whether the table holds nothing, not even a flow that is over.
  public var isEmpty: Bool { entries.isEmpty }

  /// How many flows the table holds, those included that are over and not yet removed.
  public var count: Int { entries.count }

  /// The state of a flow at a time in nanoseconds; `nil` where there is none, or none any more.
  ///
  /// - Complexity: O(1).
  package func connection(for key: ConnectionKey, at now: UInt64) -> Connection? {
    guard let entry = entries[key], entry.isAlive(at: now) else { return nil }
    return Connection(key, idleSessionTimeout: entry.idleSessionTimeout)
  }

  /// Takes a flow in, or notes that a packet of it has passed.
  ///
  /// - Complexity: O(1) on average: flows that are over are removed whenever the table has doubled.
  package mutating func refresh(_ connection: Connection, at now: UInt64) {
    entries[connection.key] = Entry(
      lastPacket: now, idleSessionTimeout: connection.idleSessionTimeout)
    guard entries.count >= sweepCount else { return }
    expire(at: now)
    sweepCount = max(Self.smallestSweep, 2 * entries.count)
  }

  /// Removes the flows that are over.
  ///
  /// - Complexity: O(*n*).
  package mutating func expire(at now: UInt64) {
    entries = entries.filter { $0.value.isAlive(at: now) }
  }

  private static let smallestSweep = 64
}
