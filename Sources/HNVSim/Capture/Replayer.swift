import HNVCore

/// Sends the frames of a capture, all in one run, and gathers what became of them.
struct Replayer {
  private let network: any ModelNetwork
  private let simulation: Simulation
  private let packets: [CaptureFile.Packet]
  private let cable: Cable
  /// The frames to replay, by their indices in the file.
  private let numbers: [Int]
  /// The time of the earliest, from which the others count.
  private let start: UInt64
  private var frames: [Int: EthernetFrame] = [:]
  private var unreadable: [Int: Diagnostic] = [:]
  private var journeys: [Int: Int] = [:]

  /// How many events a frame adds to what a run may take.
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
      journeys[number] = simulation.inject(frame, on: cable, "frame \(number + 1) of the capture")
    }
    var replayed: [Replay.Frame] = []
    for number in numbers {
      replayed.append(
        Replay.Frame(
          number: number + 1, time: time(number),
          summary: packets[number].summary(frames[number]), fate: try fate(number)))
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
      simulation.schedule(.action(number), at: time(number))
    } catch {
      unreadable[number] = error.attributed(to: .named("frame \(number + 1)"))
    }
  }

  private func fate(_ number: Int) throws(Diagnostic) -> Replay.Fate {
    if let diagnostic = unreadable[number] { return .unreadable(diagnostic) }
    if packets[number].direction == .received { return .received }
    guard let journey = journeys[number] else {
      throw Diagnostic(
        .limit, in: .named("frame \(number + 1)"), value: "\(simulation.eventLimit) events",
        "the analysis gave up before this frame was sent", fix: "replay fewer frames at once")
    }
    return .sent(Trace(journey, of: simulation.journal, in: network.intent))
  }
}

extension Simulation {
  /// Puts a frame on a machine's adapter as if the machine had sent it now; gives the number of its
  /// journey.
  fileprivate func inject(_ frame: EthernetFrame, on cable: Cable, _ name: String) -> Int {
    let element = network.intent.capturingElement(of: cable)
    let context = Context(self, element).begin(.request, of: PacketSummary(frame))
    if let packet = frame.packet, let station = box(element) as? Station {
      station.expectAnswer(to: packet, in: station.compartment(of: cable))
    }
    context.note(Step(.transmitted, "\(name), from \(frame.source) to \(frame.destination)"))
    context.sent(frame)
    context.emit(frame, on: cable)
    return context.journey
  }
}
