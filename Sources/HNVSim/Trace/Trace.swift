public import HNVCore

/// What became of one packet, and why: a value to compare, render and keep.
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
  /// The answers and errors that were sent back, each a trace of its own.
  public let replies: [Trace]

  /// The copies or parts in which it went on, in the order in which they were made; each a trace of
  /// its own, from where it was made.
  public let copies: [Trace]

  /// The redirects that forwarding machines sent to the sender, each a trace of its own.
  public let redirects: [Trace]

  /// How and where the packet, or else an answer to it, was dropped; `nil` when the packet arrived
  /// and every answer to it did.
  public let loss: Loss?

  /// The copy by which the packet arrived, an index of `copies`.
  let arrivingCopy: Int?
  /// The trace below this one that leads to what was dropped; `nil` where that is this packet.
  let lossBranch: Branch?

  /// A trace below another.
  enum Branch: Hashable, Sendable {
    case reply(Int)
    case copy(Int)
  }

  /// The trace of the packet as it arrived: this one or, where it went on as copies, that of the
  /// first copy that was accepted, else the first that was delivered where nothing listens; this
  /// one when none was.
  public var arriving: Trace { wayOfArrival.last ?? self }

  /// This trace and those of the copies by which the packet arrived, each made of the one before.
  var wayOfArrival: [Trace] { [self] + (arrivingCopy.map { copies[$0].wayOfArrival } ?? []) }

  /// The frame as it arrived, by itself or as a copy; `nil` when it did not.
  public var arrival: End? { arriving.delivered }

  /// The first answer to the packet, or to the copy that arrived; `nil` when none was sent.
  public var reply: Trace? { arriving.replies.first }

  /// Whether the packet arrived and, where an answer was due, the answer did as well.
  public var isAnswered: Bool { loss == nil }

  /// How and where a packet, or else an answer to it, was dropped.
  public struct Loss: Hashable, Sendable {
    /// What was dropped.
    public let subject: Subject
    /// How it ended.
    public let disposition: Disposition
    /// The element at which it ended.
    public let element: String

    /// What can be dropped.
    public enum Subject: String, Hashable, Sendable {
      /// The packet itself.
      case packet
      /// A copy of the packet.
      case copy
      /// An answer to the packet, or an error that it caused.
      case answer
    }
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

  /// An ARP request or neighbor solicitation, and its answer.
  public struct Resolution: Hashable, Sendable {
    /// The machine, or host, that asked.
    public let machine: String
    /// The address that it asked for.
    public let target: IPAddress
    /// `ARP` or `ND`.
    public let method: String
    /// The MAC address in the answer; `nil` when no answer arrived.
    public let answer: MACAddress?
    /// Who answered, the target itself or a host for it; `nil` when no answer arrived.
    public let answeredBy: String?
    /// Whether a host answered a machine's request, by proxy.
    public let isProxied: Bool
    /// The hops of the request, then of the answer.
    public let hops: [Hop]
  }

  /// The step that decided how the packet ended, and where it was taken; of a packet that was
  /// dropped with a part of it, the step that dropped the part.
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

  /// The trace of the packet that was dropped, this one or an answer to it; `nil` when none was.
  public var failure: Trace? {
    switch lossBranch {
    case .reply(let index): replies[index].failure
    case .copy(let index): copies[index].failure
    case nil: loss == nil ? nil : self
    }
  }
}
