public import HNVCore

/// What became of one packet, and why: a view of a run, to compare, render and keep.
///
/// It costs what the run cost: what each element did is put into words when it is read, each time.
/// Two traces are equal when all that can be read of them is.
public struct Trace: Hashable, Sendable {
  /// The run.
  let log: RunLog
  /// The packet's number in it.
  let number: Int

  init(_ number: Int, of log: RunLog) {
    self.log = log
    self.number = number
  }

  // Lent, because a copy would count a reference for every part.
  private var journal: Journal { _read { yield log.journal } }
  private var journey: Journey { log.journal.journeys[number] }

  /// What the packet was.
  public var packet: PacketSummary { journal.summary(of: number) }

  /// The element that sent it, or tried to.
  public var sender: String { log.intent.name(journal.sender(of: number)) }

  /// When it was sent on the virtual clock.
  public var time: VirtualTime { journey.begun }

  /// How it ended.
  public var disposition: Disposition { journal.disposition(of: number) }

  /// The frame as it left its sender; `nil` when nothing left the guest.
  public var sent: End? { journey.sent.flatMap { End($0, of: log) } }

  /// The frame as it arrived; `nil` when it did not.
  public var delivered: End? { journey.delivered.flatMap { End($0, of: log) } }

  /// Whom it was delivered to; `nil` when it was not.
  var receiver: String? {
    journey.delivered.flatMap { end in
      log.journal.packets[end.packet].isIP ? log.intent.name(end.element) : nil
    }
  }

  /// The elements that it passed, in order.
  public var hops: [Hop] { log.hops(of: number) }

  /// How its sender, and each machine that forwarded it, found the next hop's MAC address.
  public var resolution: [Resolution] {
    let asked = journal.branches(of: number, .resolution)
    return (journal.waitedFor(by: number) + asked).map { Resolution($0, of: log) }
  }

  /// The forwarding machines that it passed, in order.
  public var through: [String] {
    journal.machines(passedBy: number).map { log.intent.machines[$0].name }
  }

  /// The answers and errors that were sent back, each a trace of its own.
  public var replies: [Trace] { traces(of: journal.branches(of: number, .reply, .error)) }

  /// The copies or parts in which it went on, in the order in which they were made; each a trace of
  /// its own, from where it was made.
  public var copies: [Trace] { traces(of: journal.branches(of: number, .copy, .fragment)) }

  /// The redirects that forwarding machines sent to the sender, each a trace of its own.
  public var redirects: [Trace] { traces(of: journal.branches(of: number, .redirect)) }

  private func traces(of numbers: [Int]) -> [Trace] { numbers.map { Trace($0, of: log) } }

  /// How and where the packet, or else an answer to it, was dropped; `nil` when the packet arrived
  /// and every answer to it did.
  public var loss: Loss? { Loss(journal.verdict(of: number), of: journal, in: log.intent) }

  /// The trace of the packet as it arrived: this one or, where it went on as copies, that of the
  /// first copy that was accepted, else the first that was delivered where nothing listens; this
  /// one when none was.
  public var arriving: Trace { Trace(journal.verdict(of: number).arriving, of: log) }

  /// This trace and those of the copies by which the packet arrived, each made of the one before.
  var wayOfArrival: [Trace] { journal.verdict(of: number).way.map { Trace($0, of: log) } }

  /// The frame as it arrived, by itself or as a copy; `nil` when it did not.
  public var arrival: End? { arriving.delivered }

  /// The first answer to the packet, or to the copy that arrived; `nil` when none was sent.
  public var reply: Trace? { arriving.replies.first }

  /// Whether the packet arrived and, where an answer was due, the answer did as well.
  public var isAnswered: Bool { journal.verdict(of: number).loss == nil }

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
    let log: RunLog
    /// The packet's number in the run, and the hop's.
    let journey: Int
    let number: Int

    private var hop: Journal.Hop { log.journal.hops[number] }

    /// The machine, host, `underlay` or outside network.
    public var element: String { log.intent.name(elementID) }

    /// The element by its number.
    var elementID: ElementID { hop.element }

    /// When the packet came to it.
    public var time: VirtualTime { hop.time }

    /// What it did, in order, in words that are made each time.
    public var steps: [Step] {
      let text = log.steps(at: number, of: journey)
      return (0..<text.count).map { text[$0] }
    }

    /// Writes what it did.
    func write(to writer: inout StepWriter) { log.write(number, of: journey, to: &writer) }

    /// What it did last, in words; `nil` where it did nothing.
    public var lastStep: Step? { log.lastStep(at: number, of: journey) }

    /// Whether it did anything.
    var hasSteps: Bool { hop.firstNote >= 0 }

    /// Whether both say the same.
    public static func == (one: Hop, other: Hop) -> Bool {
      (one.element, one.time) == (other.element, other.time) && one.steps == other.steps
    }

    /// Hashes the element and the time.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(element)
      hasher.combine(time)
    }
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
      guard let step = hop.lastStep else { continue }
      return (hop.element, step)
    }
    return nil
  }

  /// The trace of the packet that was dropped, this one or an answer to it; `nil` when none was.
  public var failure: Trace? {
    journal.verdict(of: number).loss?.last.map { Trace($0, of: log) }
  }

  /// Whether both say the same of a packet, its copies and its answers.
  public static func == (one: Trace, other: Trace) -> Bool {
    one.packet == other.packet && one.sender == other.sender && one.time == other.time
      && one.disposition == other.disposition && one.through == other.through
      && one.sent == other.sent && one.delivered == other.delivered && one.loss == other.loss
      && one.hops == other.hops && one.resolution == other.resolution
      && one.replies == other.replies && one.copies == other.copies
      && one.redirects == other.redirects
  }

  /// Hashes the packet, its sender, when it was sent and how it ended.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(packet)
    hasher.combine(sender)
    hasher.combine(time)
    hasher.combine(disposition)
  }
}
