import HNVCore

/// What a stack knows of its neighbours (RFC 1122, section 2.3.2; RFC 4861, section 7.3.2).
///
/// Most stacks have few, and to search among few is faster than to hash.
struct NeighborCache {
  private static let few = 16

  private var rows: [(key: NeighborKey, entry: NeighborEntry?)] = []
  /// Where each neighbour's row is, once there are more than a few.
  private var numbers: [NeighborKey: Int] = [:]

  /// The neighbours that there are entries for, or have been.
  var keys: [NeighborKey] { rows.map(\.key) }

  subscript(key: NeighborKey) -> NeighborEntry? {
    get { number(of: key).flatMap { rows[$0].entry } }
    set {
      if let number = number(of: key) {
        rows[number].entry = newValue
      } else if newValue != nil {
        add(newValue, for: key)
      }
    }
  }

  private func number(of key: NeighborKey) -> Int? {
    rows.count > Self.few ? numbers[key] : rows.lastIndex { $0.key == key }
  }

  private mutating func add(_ entry: NeighborEntry?, for key: NeighborKey) {
    rows.append((key, entry))
    guard rows.count > Self.few else { return }
    for number in numbers.count..<rows.count { numbers[rows[number].key] = number }
  }
}

/// A neighbour on a link.
struct NeighborKey: Hashable {
  let link: Int
  let address: IPAddress
}

/// What is known of a neighbour.
enum NeighborEntry {
  /// Asked for, with the packets that wait.
  case incomplete([Waiting])
  /// Answered, and believed until a time.
  case reachable(MACAddress, until: VirtualTime)
}

/// A packet that waits for its next hop's MAC address.
struct Waiting {
  let packet: PacketID
  let origin: PacketSource
  let journey: JourneyID
}
