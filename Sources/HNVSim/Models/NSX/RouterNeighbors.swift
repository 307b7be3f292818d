import HNVCore

/// What the distributed router on one host knows of its neighbours where it asks for them itself,
/// and for which other hosts it asks.
struct RouterNeighbors {
  /// An address in a subnet.
  struct Key: Hashable {
    let subnet: Int
    let address: IPAddress
  }

  /// A packet that waits for an answer.
  struct Waiting {
    let request: NSXHost.PendingRequest
    let journey: JourneyID
  }

  /// A question under way.
  struct Question {
    let key: Key
    var waiting: [Waiting]
    var attempt = 1
  }

  private struct Entry {
    let macAddress: MACAddress
    let until: VirtualTime
  }

  private var entries: [Key: Entry] = [:]
  /// The questions, by the number that their timers bear.
  var questions: [Int: Question] = [:]
  private var nextNumber = 0
  /// The hosts that wait for an answer which machines here give.
  var askers: [Key: Set<Int>] = [:]

  /// The MAC address of a neighbour, as long as its answer is believed.
  func macAddress(of key: Key, at now: VirtualTime) -> MACAddress? {
    guard let entry = entries[key], entry.until > now else { return nil }
    return entry.macAddress
  }

  /// Adds a packet to the question for its next hop; gives the question's number if it is new.
  mutating func wait(_ waiting: Waiting, for key: Key) -> Int? {
    if let number = questions.keys.sorted().first(where: { questions[$0]?.key == key }) {
      questions[number]?.waiting.append(waiting)
      return nil
    }
    nextNumber += 1
    questions[nextNumber] = Question(key: key, waiting: [waiting])
    return nextNumber
  }

  /// Takes an answer; gives the packets that waited for it.
  mutating func learn(
    _ mac: MACAddress, of key: Key, until: VirtualTime
  ) -> [Waiting] {
    entries[key] = Entry(macAddress: mac, until: until)
    let numbers = questions.keys.sorted().filter { questions[$0]?.key == key }
    return numbers.flatMap { questions.removeValue(forKey: $0)?.waiting ?? [] }
  }
}
