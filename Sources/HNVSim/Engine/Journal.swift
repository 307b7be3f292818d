public import HNVCore

/// What became of every packet of a run: the raw material of traces.
///
/// Endings, forwarding machines and end points are always kept, steps only when asked for; a
/// verdict and its trace are therefore the same run, with and without words.
final class Journal {
  let keepsSteps: Bool
  private(set) var journeys: [Journey] = []
  /// How many packets are under way that are not in the background.
  private(set) var openCount = 0

  init(keepsSteps: Bool) { self.keepsSteps = keepsSteps }

  func begin(
    _ purpose: PacketPurpose, of packet: PacketSummary, cause: Int?, at element: ElementID,
    _ time: VirtualTime, isBackground: Bool
  ) -> Int {
    var journey = Journey(purpose: purpose, packet: packet, cause: cause, begun: time)
    journey.isBackground = isBackground
    // Most packets pass no more: a machine, its host, the underlay, a host, a machine.
    journey.hops.reserveCapacity(5)
    journey.hops.append(Journey.Hop(element: element, time: time))
    // An answer is meant for whoever asked.
    if let cause, purpose == .reply || purpose == .error || purpose == .redirect {
      journey.meantFor = journeys[original(of: cause)].hops[0].element
    }
    return append(journey)
  }

  /// The packet that a copy or a part was made of, however often it was divided; itself for any
  /// other.
  func original(of journey: Int) -> Int {
    var number = journey
    while journeys[number].isBranch, let cause = journeys[number].cause { number = cause }
    return number
  }

  /// The packet that the parts at hand belong to: the one that the outermost of them, or of what
  /// they are copies of, was made of; itself for what is part of none.
  func whole(of journey: Int) -> Int {
    var (number, whole) = (journey, journey)
    while journeys[number].isBranch, let cause = journeys[number].cause {
      if journeys[number].purpose == .fragment { whole = cause }
      number = cause
    }
    return whole
  }

  /// A packet that another caused begins after it, and is noted with it.
  private func append(_ journey: Journey) -> Int {
    if let cause = journey.cause { journeys[cause].effects.append(journeys.count) }
    if !journey.isBackground { openCount += 1 }
    journeys.append(journey)
    return journeys.count - 1
  }

  /// Begins a copy or a part of a packet, at the element where the packet is.
  func branch(
    _ purpose: PacketPurpose, of journey: Int, at element: ElementID, _ time: VirtualTime
  ) -> Int {
    var copy = Journey(
      purpose: purpose, packet: journeys[journey].packet, cause: journey, begun: time)
    copy.hops.append(Journey.Hop(element: element, time: time))
    copy.passed = journeys[journey].passed
    copy.meantFor = journeys[journey].meantFor
    copy.isBackground = journeys[journey].isBackground
    return append(copy)
  }

  /// Notes which element a packet is meant for, where that is known beside its address.
  func mean(_ element: ElementID?, journey: Int) { journeys[journey].meantFor = element }

  /// The latest question that a packet asked for a neighbour; `nil` when it asked none.
  func question(of journey: Int, for address: IPAddress) -> Int? {
    journeys[journey].effects.last {
      journeys[$0].purpose == .resolution && journeys[$0].packet.destination == address
    }
  }

  /// Notes that a packet waits for the answer to a question that another one asked.
  func wait(_ journey: Int, for question: Int) { journeys[journey].waitedFor.append(question) }

  /// Has a packet reach the element where its parts were put together, by the way that they took.
  func join(_ parts: [Int], into whole: Int, at element: ElementID, _ time: VirtualTime) {
    if let first = parts.first, first != whole {
      journeys[whole].passed = journeys[first].passed
      _ = enter(element, at: time, journey: whole)
    }
    for part in parts {
      var number = part
      while number != whole {
        end(number, .reassembled, at: element)
        guard journeys[number].isBranch, let cause = journeys[number].cause else { break }
        number = cause
      }
    }
  }

  /// Notes that a packet reached an element; tells how many it has passed.
  func enter(_ element: ElementID, at time: VirtualTime, journey: Int) -> Int {
    journeys[journey].hops.append(Journey.Hop(element: element, time: time))
    return journeys[journey].hops.count
  }

  func note(_ step: () -> Step, _ element: ElementID, journey: Int) {
    guard keepsSteps, journey >= 0 else { return }
    let last = journeys[journey].hops.count - 1
    journeys[journey].hops[last].steps.append(step())
  }

  func sent(_ frame: EthernetFrame, by element: ElementID, journey: Int) {
    guard journeys[journey].sent == nil else { return }
    journeys[journey].sent = Journey.End(element: element, frame: frame)
  }

  func delivered(_ frame: EthernetFrame, to element: ElementID, journey: Int) {
    journeys[journey].delivered = Journey.End(element: element, frame: frame)
  }

  func passes(_ machine: Int, journey: Int) { journeys[journey].passed.append(machine) }

  /// Ends a packet's journey, once; a packet has one disposition.
  func end(_ journey: Int, _ disposition: Disposition, at element: ElementID) {
    guard journeys[journey].ending == nil else { return }
    if !journeys[journey].isBackground { openCount -= 1 }
    let isLoop = disposition == .timeToLiveExceeded && repeatedMachine(of: journey) != nil
    let disposition = isLoop ? .loop : disposition
    journeys[journey].ending = Journey.Ending(disposition: disposition, element: element)
    // A packet is lost with the first of its parts.
    if journeys[journey].purpose == .fragment, !disposition.isSuccess,
      let whole = journeys[journey].cause
    {
      end(whole, disposition, at: element)
    }
  }

  /// The forwarding machine that a packet has passed more than once; `nil` for none.
  func repeatedMachine(of journey: Int) -> Int? {
    var seen: Set<Int> = []
    return journeys[journey].passed.first { !seen.insert($0).inserted }
  }

  /// Ends what is still under way because of a limit of ours.
  func giveUp(_ limit: String) {
    for index in journeys.indices where journeys[index].ending == nil {
      let element = journeys[index].hops[journeys[index].hops.count - 1].element
      note({ Step(.gaveUp, "the analysis gave up \(limit)") }, element, journey: index)
      end(index, .gaveUp, at: element)
    }
  }
}

/// One packet from its sender to its end.
struct Journey {
  struct Hop {
    let element: ElementID
    let time: VirtualTime
    var steps: [Step] = []
  }

  struct End {
    let element: ElementID
    let frame: EthernetFrame
  }

  struct Ending {
    let disposition: Disposition
    let element: ElementID
  }

  let purpose: PacketPurpose
  let packet: PacketSummary
  let cause: Int?
  let begun: VirtualTime
  /// Whether it is one of those that never end, or was caused by one.
  var isBackground = false
  /// The packets that this one caused, in the order in which they began.
  var effects: [Int] = []
  var hops: [Hop] = []
  var sent: End?
  var delivered: End?
  var passed: [Int] = []
  /// The element that should take the packet; `nil` for whoever has the address.
  var meantFor: ElementID?
  /// Questions that other packets asked, and for whose answers this one waited.
  var waitedFor: [Int] = []
  var ending: Ending?

  /// Whether this is a copy or a part of the packet that caused it.
  var isBranch: Bool { purpose == .copy || purpose == .fragment }
}

/// Why the packet was sent.
public enum PacketPurpose: Hashable, Sendable {
  /// Somebody asked for it.
  case request
  /// It answers the packet that caused it.
  case reply
  /// It tells that the packet that caused it was lost.
  case error
  /// It tells of a better way for the packet that caused it, which goes on all the same.
  case redirect
  /// It finds a neighbour's MAC address for the packet that caused it.
  case resolution
  /// It is one of several copies of the packet that caused it.
  case copy
  /// It is a part of the packet that caused it, which arrives when all parts have.
  case fragment
  /// It tells others of its sender, and nobody asked for it.
  case announcement
}

/// A packet as its sender meant it, before any frame exists.
public struct PacketSummary: Hashable, Sendable {
  /// The address it comes from.
  public let source: IPAddress
  /// The address it goes to.
  public let destination: IPAddress
  /// What it is, in a few words: `ICMP echo request`, `TCP SYN 49152 -> 80`.
  public let text: String

  /// Describes a packet.
  public init(source: IPAddress, destination: IPAddress, text: String) {
    self.source = source
    self.destination = destination
    self.text = text
  }
}
