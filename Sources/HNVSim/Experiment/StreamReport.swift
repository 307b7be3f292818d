/// How many packets of a stream were dropped, where, and when.
public struct StreamReport: Hashable, Sendable {
  /// What was sent, in words.
  public let text: String
  /// When the first packet was sent.
  public let begun: VirtualTime
  /// How many packets were sent.
  public let sent: Int
  /// Where packets, or their answers, were dropped; the element with most losses first.
  public let losses: [Loss]
  /// The times in which every packet was dropped, in order.
  public let outages: [Outage]

  /// Packets with one disposition at one element.
  public struct Loss: Hashable, Sendable {
    /// The element that dropped them.
    public let element: String
    /// How they ended.
    public let disposition: Disposition
    /// The number of packets.
    public var count: Int
    /// When the first of them was sent.
    public let first: VirtualTime
    /// When the last of them was sent.
    public var last: VirtualTime
  }

  /// A time in which every packet, or its answer, was dropped.
  public struct Outage: Hashable, Sendable {
    /// When the first dropped packet was sent.
    public let first: VirtualTime
    /// When the last dropped packet was sent.
    public var last: VirtualTime
    /// The number of packets.
    public var count: Int
    /// When the next packet that arrived was sent; `nil` where none did.
    public var end: VirtualTime?

    /// The time from the first dropped packet to the next that arrived; `nil` where none did.
    public var duration: VirtualTime? {
      end.map { VirtualTime(nanoseconds: $0.nanoseconds - min(first, $0).nanoseconds) }
    }
  }

  /// The number of packets that were dropped, or whose answer was.
  public var lost: Int { losses.reduce(0) { $0 + $1.count } }

  /// The streams of an experiment, in the order in which they began.
  public static func reports(on events: [ExperimentEvent]) -> [StreamReport] {
    var order: [Int] = []
    var streams: [Int: [ExperimentEvent]] = [:]
    for event in events {
      guard let stream = event.stream else { continue }
      if streams[stream] == nil { order.append(stream) }
      streams[stream, default: []].append(event)
    }
    return order.compactMap { streams[$0].flatMap { StreamReport($0) } }
  }

  private init?(_ packets: [ExperimentEvent]) {
    guard let first = packets.first else { return nil }
    text = first.text
    begun = first.time
    sent = packets.count
    var losses: [Loss] = []
    for packet in packets {
      guard let loss = packet.trace?.loss else { continue }
      let known = losses.firstIndex {
        $0.element == loss.element && $0.disposition == loss.disposition
      }
      if let known {
        losses[known].count += 1
        losses[known].last = packet.time
      } else {
        losses.append(
          Loss(
            element: loss.element, disposition: loss.disposition, count: 1, first: packet.time,
            last: packet.time))
      }
    }
    outages = Self.outages(of: packets)
    self.losses = losses.sorted { ($1.count, $0.first) < ($0.count, $1.first) }
  }
  private static func outages(of packets: [ExperimentEvent]) -> [Outage] {
    var outages: [Outage] = []
    var isOut = false
    for packet in packets {
      let isLost = packet.trace?.loss != nil
      if isLost, !isOut {
        outages.append(Outage(first: packet.time, last: packet.time, count: 1))
      } else if isLost {
        outages[outages.count - 1].last = packet.time
        outages[outages.count - 1].count += 1
      } else if isOut {
        outages[outages.count - 1].end = packet.time
      }
      isOut = isLost
    }
    return outages
  }
}
