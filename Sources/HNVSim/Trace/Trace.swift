public import HNVCore

/// What became of one packet, and why: a value to compare, to render and to keep.
public struct Trace: Hashable, Sendable {
  /// What the packet was.
  public let packet: PacketSummary
  /// The element that sent it, or tried to.
  public let sender: String
  /// When it was sent on the virtual clock.
  public let time: VirtualTime
  /// How it ended.
  public let disposition: Disposition
  /// The frame as it left its sender; `nil` when nothing left the guest.
  public let sent: End?
  /// The frame as it arrived; `nil` when it did not.
  public let delivered: End?
  /// The elements that it passed, in order.
  public let hops: [Hop]
  /// How its sender, and each machine that forwarded it, found the next hop's MAC address.
  public let resolution: [Resolution]
  /// The forwarding machines that it passed, in order.
  public let through: [String]
  /// What came back, or tried to: an answer or an error, each a trace of its own.
  public let replies: [Trace]

  /// The copies or parts in which it went on, in the order in which they were made; each a trace of
  /// its own, from where it was made.
  public let copies: [Trace]

  /// What forwarding machines told the sender of better ways, each a trace of its own.
  public let redirects: [Trace]

  /// The trace that tells how the packet arrived: this one or, where it went on as copies, that of
  /// the first copy that found somebody, or else was delivered where nothing listens; this one
  /// when none was.
  public var arriving: Trace { wayOfArrival.last ?? self }

  /// This trace and those of the copies by which the packet arrived, each made by the one before.
  var wayOfArrival: [Trace] {
    guard disposition == .replicated else { return [self] }
    let copy = copies.first { $0.foundSomebody } ?? copies.first { $0.arrival != nil }
    return [self] + (copy?.wayOfArrival ?? [])
  }

  /// The frame as it arrived, by itself or as the copy that found somebody; `nil` when none did.
  public var arrival: End? { arriving.delivered }

  /// The first answer to the packet, or to the copy that arrived; `nil` when none was sent.
  public var reply: Trace? { arriving.replies.first }

  /// Whether the packet arrived and, where an answer was due, the answer did as well.
  public var isAnswered: Bool {
    failure == nil
  }

  /// A packet at one end of its way.
  public struct End: Hashable, Sendable {
    /// The machine, or outside network.
    public let machine: String
    /// The frame's source MAC address.
    public let sourceMAC: MACAddress
    /// The frame's destination MAC address.
    public let destinationMAC: MACAddress
    /// The packet's TTL.
    public let timeToLive: UInt8
    /// The packet's source address.
    public let source: IPAddress
    /// The packet's destination address.
    public let destination: IPAddress
    /// The whole frame.
    public let frame: EthernetFrame
  }

  /// One element on the way, and what it did.
  public struct Hop: Hashable, Sendable {
    /// The machine, host, `underlay` or outside network.
    public let element: String
    /// When the packet came to it.
    public let time: VirtualTime
    /// What it did, in order.
    public let steps: [Step]
  }

  /// A question by ARP or neighbour discovery, and its answer.
  public struct Resolution: Hashable, Sendable {
    /// The machine that asked.
    public let machine: String
    /// The address that it asked for.
    public let target: IPAddress
    /// `ARP` or `ND`.
    public let method: String
    /// The MAC address that it was told; `nil` when nobody answered.
    public let answer: MACAddress?
    /// Who answered: a host by proxy, or the target itself; `nil` when nobody did.
    public let answeredBy: String?
    /// The way of the question, and of the answer.
    public let hops: [Hop]
  }

  /// The step that decided how the packet ended, and where it was taken; of a packet that was lost
  /// with a part of it, the step that lost the part.
  ///
  /// - Returns: `nil` when the trace holds no steps.
  public var decision: (element: String, step: Step)? {
    if !disposition.isSuccess, let part = copies.first(where: { $0.disposition == disposition }) {
      return part.decision
    }
    for hop in hops.reversed() {
      guard let step = hop.steps.last else { continue }
      return (hop.element, step)
    }
    return nil
  }

  /// The first trace, of this one and its replies, whose packet did not arrive; `nil` if all did.
  ///
  /// What was sent to many has arrived when one of its copies has found somebody; what then matters
  /// is how the answers of those copies fared.
  public var failure: Trace? {
    guard disposition.isSuccess else { return self }
    guard foundSomebody else {
      let lost = copies.compactMap(\.failure)
      return lost.first { !$0.disposition.isSuccess } ?? lost.first ?? self
    }
    return (replies + copies.filter(\.foundSomebody)).lazy.compactMap(\.failure).first
  }

  private var foundSomebody: Bool {
    switch disposition {
    case .replicated: copies.contains { $0.foundSomebody }
    case .ignored: false
    default: disposition.isSuccess
    }
  }
}
