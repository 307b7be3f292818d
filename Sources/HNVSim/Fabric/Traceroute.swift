public import HNVCore

/// The hops to a destination as a person inside a machine sees them, by probes with a TTL of 1, 2,
/// 3 and so on.
public struct Traceroute: Hashable, Sendable {
  /// The machine, or outside network, that asked.
  public let from: String
  /// The machine, outside network or address that it asked about.
  public let to: String
  /// The address that the probes went to.
  public let destination: IPAddress
  /// What was sent: `icmp` as by Windows' tracert, or `udp` as by traceroute.
  public let ipProtocol: IPProtocol
  /// The probes in order, the first with a TTL of 1.
  public let hops: [Hop]

  /// Whether the destination answered.
  public var isComplete: Bool { hops.last?.answer?.meaning == .destination }

  /// One probe, and what came back.
  public struct Hop: Hashable, Sendable {
    /// The probe's TTL.
    public let number: Int
    /// What came back; `nil` for nothing, which shows as `*`.
    public let answer: Answer?
    /// The trace of the probe.
    public let trace: Trace
    /// The setting that suppressed an error, or by which the probe was dropped; `nil` for none.
    public let setting: String?
  }

  /// What came back.
  public struct Answer: Hashable, Sendable {
    /// The address that it came from.
    public let address: IPAddress
    /// The machine, or outside network, that sent it.
    public let machine: String
    /// What it means.
    public let meaning: Meaning
    /// How long it took from the probe's start.
    public let roundTrip: VirtualTime
  }

  /// What an answer means.
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// The TTL ran out on the way.
    case timeExceeded = "time exceeded"
    /// This is the destination.
    case destination
    /// The destination is reported unreachable.
    case unreachable
    /// This is not the machine asked about, though it has the same address.
    case wrongMachine = "wrong machine"
  }
}

extension Traceroute.Hop {
  init(_ number: Int, _ trace: Trace, to receiver: ElementID?, on network: any ModelNetwork) {
    self.number = number
    self.trace = trace
    let name = receiver.map { network.intent.name($0) }
    answer = trace.replies.lazy.compactMap { Traceroute.Answer($0, to: trace, for: name) }.first
    let lost = trace.failure?.decision
    let isHost = lost.map { network.intent.hosts.map(\.name).contains($0.element) } ?? false
    let isReportable = [.timeToLiveExceeded, .loop, .noRoute, .noRecord].contains(trace.disposition)
    setting =
      isHost && isReportable ? network.errorSetting : lost?.step.setting
  }

  /// Whether further probes would show nothing more.
  var isLast: Bool { answer.map { $0.meaning != .timeExceeded } ?? false }
}

extension Traceroute.Answer {
  /// `nil` for what did not come back.
  init?(_ reply: Trace, to testPacket: Trace, for receiver: String?) {
    guard reply.disposition.isSuccess, let packet = reply.delivered?.frame.packet,
      let arrival = reply.hops.last?.time
    else { return nil }
    address = packet.source
    machine = reply.sender
    roundTrip = VirtualTime(nanoseconds: arrival.nanoseconds - testPacket.time.nanoseconds)
    let isMeant = (receiver ?? reply.sender) == reply.sender
    let destination: Traceroute.Meaning = isMeant ? .destination : .wrongMachine
    meaning =
      switch packet.transport {
      case .icmp(.timeExceeded), .icmpv6(.timeExceeded): .timeExceeded
      case .icmp(.destinationUnreachable(.port, _)), .icmpv6(.destinationUnreachable(.port, _)):
        destination
      default: packet.transport.isICMPError ? .unreachable : destination
      }
  }
}

extension Fabric {
  /// The time that a probe waits for a reply (Windows' tracert, -w).
  private static let patience = VirtualTime.seconds(4)

  /// Traces the route of a question's packets from inside the sender, hop by hop.
  ///
  /// All probes are one session on one virtual clock: each is sent when nothing of the one before
  /// is left to do, and machines keep what they have learned. At most `maxHops` are sent, 1 to 255;
  /// the question's own TTL does not count.
  ///
  /// - Returns: the hops up to the destination, to whoever reports it unreachable, or to the last
  ///   probe.
  /// - Throws: everything that is wrong with the question, or a protocol other than ICMP and UDP.
  public func traceroute(
    _ question: Question, maxHops: Int = 30
  ) throws(Diagnostics) -> Traceroute {
    let testPacket = try question.testPacket(in: network.intent)
    try checkTraceroute(question, maxHops)
    let simulation = run(keepingSteps: true)
    var hops: [Traceroute.Hop] = []
    var start = VirtualTime.zero
    while hops.count < maxHops, hops.last?.isLast != true {
      var journey = 0
      simulation.schedule(hops.count, at: start)
      simulation.run { journey = simulation.send(testPacket.limited(toHops: $0 + 1)) }
      let hop = Traceroute.Hop(
        hops.count + 1, Trace(journey, of: simulation.log),
        to: testPacket.receiver, on: network)
      hops.append(hop)
      start = hop.trace.time + (hop.answer?.roundTrip ?? Self.patience)
    }
    return Traceroute(
      from: question.from, to: question.to, destination: testPacket.destination,
      ipProtocol: question.ipProtocol, hops: hops)
  }

  /// Traces the route from one element to another by ICMP echo requests.
  ///
  /// - Returns: at most 30 hops.
  /// - Throws: everything that is wrong with the names.
  public func traceroute(from: String, to: String) throws(Diagnostics) -> Traceroute {
    try traceroute(Question(from: from, to: to))
  }

  private func checkTraceroute(_ question: Question, _ maxHops: Int) throws(Diagnostics) {
    var diagnostics: [Diagnostic] = []
    if question.ipProtocol == .tcp {
      diagnostics.append(
        Diagnostic(
          .packetForm, in: .named("packet"), value: "tcp",
          "the probes of a traceroute are echo requests or datagrams", fix: "send icmp or udp"))
    }
    if !(1...255).contains(maxHops) {
      diagnostics.append(
        Diagnostic(
          .packetForm, in: .named("packet"), value: "\(maxHops)",
          "a TTL is 1 to 255", fix: "ask for 30 hops"))
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
  }
}

extension TestPacket {
  /// The probe of a hop, identified by its sequence number or, as in traceroute, by a port from
  /// 33434 on.
  fileprivate func limited(toHops hops: Int) -> TestPacket {
    let number = UInt16(clamping: hops)
    let transport: Transport =
      switch transport {
      case .icmp(.echoRequest(let identifier, _, let data)):
        .icmp(.echoRequest(identifier: identifier, sequence: number, data: data))
      case .icmpv6(.echoRequest(let identifier, _, let data)):
        .icmpv6(.echoRequest(identifier: identifier, sequence: number, data: data))
      case .udp(let datagram):
        .udp(
          UDPDatagram(
            sourcePort: datagram.sourcePort, destinationPort: 33433 &+ number,
            data: datagram.data))
      default: transport
      }
    return TestPacket(
      sender: sender, source: source, destination: destination, receiver: receiver,
      timeToLive: UInt8(clamping: hops), mayFragment: mayFragment, transport: transport,
      compartment: compartment)
  }
}
