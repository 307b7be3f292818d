public import HNVCore

/// The frames of a capture, sent from a machine's port, and how each ended.
public struct Replay: Hashable, Sendable {
  /// The port that they were sent from, as `A` or `GW/2`.
  public let port: String

  /// The frames, in the order of the file.
  public let frames: [Frame]

  /// A frame of the capture.
  public struct Frame: Hashable, Sendable {
    /// Its number in the file, from 1 and over all interfaces, as analysers count.
    public let number: Int
    /// When it was sent, from the first frame on.
    public let time: VirtualTime
    /// What it is, in a few words.
    public let summary: String
    /// How it ended.
    public let result: ReplayResult
  }

  /// How a frame can end.
  public enum ReplayResult: Hashable, Sendable {
    /// It was sent; this is its trace.
    case sent(Trace)
    /// It was not sent, because the capture marks it as received.
    case received
    /// It cannot be decoded.
    case unreadable(Diagnostic)
  }
}

extension Replay.Frame {
  /// The trace of a frame that was sent; `nil` for others.
  public var trace: Trace? {
    if case .sent(let trace) = result { trace } else { nil }
  }

  /// Whether the frame, and the answer to it if there was one, arrived; `true` for what was
  /// received, and `false` for what could not be read.
  public var isGood: Bool {
    switch result {
    case .sent(let trace): trace.failure == nil
    case .received: true
    case .unreadable: false
    }
  }
}

extension CaptureFile.Packet {
  /// What a frame is, in a few words, and whether it is truncated.
  func summary(_ frame: EthernetFrame?) -> String {
    let cut =
      bytes.count < byteCount ? ", truncated to \(bytes.count) of \(byteCount) bytes" : ""
    guard let frame else { return "\(bytes.count) bytes\(cut)" }
    guard let packet = frame.packet else { return PacketSummary(frame).text + cut }
    return "\(packet.source) -> \(packet.destination), \(packet.transport.words)\(cut)"
  }
}

extension PacketSummary {
  /// A captured frame; without IP addresses it has the unspecified ones.
  init(_ frame: EthernetFrame) {
    let nowhere = IPAddress.v4(IPv4Address(bits: 0))
    switch frame.payload {
    case .ip(let packet): self.init(packet)
    case .arp(let message):
      let source = IPAddress.v4(message.senderAddress)
      let target = IPAddress.v4(message.targetAddress)
      let text =
        switch message.operation {
        case .request: "ARP request for \(target)"
        case .reply: "ARP reply of \(source)"
        }
      self.init(source: source, destination: target, text: text)
    case .other(let etherType, let data):
      let digits = String(etherType, radix: 16, uppercase: true)
      let type = String(repeating: "0", count: 4 - digits.count) + digits
      self.init(
        source: nowhere, destination: nowhere, text: "EtherType 0x\(type), \(data.count) bytes")
    }
  }
}

extension Fabric {
  /// Sends the frames of a capture from a machine's port into the network's initial state.
  ///
  /// They are sent unchanged, at the times of the capture counted from the first. The machine's own
  /// stack does not send them, so a source that is not the machine's is subject to every source
  /// check; the stack receives what comes back. Frames that the capture marks as received are not
  /// sent.
  ///
  /// `port` is a machine, or one of its several adapters, as `GW/2`. The frames are those of the
  /// interface named; by default those of the interface with the port's name, or of the only one
  /// with frames.
  ///
  /// - Throws: everything that is wrong with the names, or a run beyond a limit.
  public func replay(
    _ capture: CaptureFile, interface: String? = nil, at port: String
  ) throws(Diagnostics) -> Replay {
    do throws(Diagnostic) {
      let cable = try network.intent.port(named: port)
      let name = network.intent.captureName(of: cable)
      let chosen = try capture.interfaces(named: interface, orAs: name)
      var replayer = Replayer(capture, of: chosen, from: cable, in: network)
      return Replay(port: name, frames: try replayer.run())
    } catch {
      throw Diagnostics([error])
    }
  }
}

extension CaptureFile {
  /// The interfaces with a name, of which merged captures may have several.
  fileprivate func interfaces(
    named name: String?, orAs port: String
  ) throws(Diagnostic) -> Set<Int> {
    let wanted = name ?? port
    let named = interfaces.indices.filter { interfaces[$0].name == wanted }
    if !named.isEmpty { return Set(named) }
    let used = Set(packets.map(\.interface))
    guard name != nil || used.count > 1 else { return used }
    let names = interfaces.map(\.name)
    throw Diagnostic(
      .captureInterface, in: .named("the capture"), value: wanted,
      name == nil
        ? "the capture has frames of \(used.count) interfaces, and none of them is called \(port)"
        : "the capture has no interface \(wanted)",
      fix: NearestName.of(wanted, among: names).map { "did you mean \($0)?" }
        ?? (1...20 ~= names.count
          ? "say which: \(names.joined(separator: ", "))" : "name one of the capture's interfaces"))
  }
}

/// Sends the frames of a capture in one run, and collects how each ended.
struct Replayer {
  private let network: any ModelNetwork
  private let simulation: Simulation
  private let packets: [CaptureFile.Packet]
  private let cable: Cable
  /// The indices in the file of the frames to send.
  private let numbers: [Int]
  /// The time of the earliest frame.
  private let start: UInt64
  private var frames: [Int: EthernetFrame] = [:]
  private var unreadable: [Int: Diagnostic] = [:]
  private var journeys: [Int: Int] = [:]

  /// The number of events by which each frame raises the limit of a run.
  private static let eventsOfFrame = 1_000

  init(
    _ capture: CaptureFile, of interfaces: Set<Int>, from cable: Cable, in network: any ModelNetwork
  ) {
    self.network = network
    self.cable = cable
    let packets = capture.packets
    self.packets = packets
    numbers = packets.indices.filter { interfaces.contains(packets[$0].interface) }
    start = numbers.map { packets[$0].time.nanoseconds }.min() ?? 0
    simulation = Simulation(network, keepingSteps: true)
    simulation.eventLimit += numbers.count * Self.eventsOfFrame
  }

  mutating func run() throws(Diagnostic) -> [Replay.Frame] {
    for number in numbers { schedule(number) }
    simulation.run { number in
      guard let frame = frames[number] else { return }
      journeys[number] = simulation.inject(frame, on: cable, number: number + 1)
    }
    let log = simulation.log
    var replayed: [Replay.Frame] = []
    for number in numbers {
      replayed.append(
        Replay.Frame(
          number: number + 1, time: time(number),
          summary: packets[number].summary(frames[number]), result: try result(number, log)))
    }
    return replayed
  }

  private func time(_ number: Int) -> VirtualTime {
    VirtualTime(nanoseconds: packets[number].time.nanoseconds - start)
  }

  private mutating func schedule(_ number: Int) {
    do throws(Diagnostic) {
      frames[number] = try EthernetFrame(decoding: packets[number].bytes)
      guard packets[number].direction != .received else { return }
      simulation.schedule(number, at: time(number))
    } catch {
      unreadable[number] = error.attributed(to: .named("frame \(number + 1)"))
    }
  }

  private func result(_ number: Int, _ log: RunLog) throws(Diagnostic) -> Replay.ReplayResult {
    if let diagnostic = unreadable[number] { return .unreadable(diagnostic) }
    if packets[number].direction == .received { return .received }
    guard let journey = journeys[number] else {
      throw Diagnostic(
        .limit, in: .named("frame \(number + 1)"), value: "\(simulation.eventLimit) events",
        "the analysis gave up before this frame was sent", fix: "replay fewer frames at once")
    }
    return .sent(Trace(journey, of: log))
  }
}

extension Simulation {
  /// Sends a frame of the capture from a machine's adapter now; returns the number of its journey.
  fileprivate func inject(_ frame: EthernetFrame, on cable: Cable, number: Int) -> JourneyID {
    let element = network.intent.capturingElement(of: cable)
    let packet = world.packets.add(frame)
    if let cell = cell(element) as? ElementCell<NetworkStack> {
      let compartment = cell.content.compartment(of: cable)
      cell.content.expectAnswer(to: world.packets[packet], in: compartment)
    }
    return begin(.request, of: PacketSummary(frame), at: element) { world in
      world.note(ReplayFact.sent(number, from: frame.source, to: frame.destination), packet)
      world.sent(packet)
      world.emit(packet, on: cable)
    }
  }
}
