public import HNVCore

extension Fabric {
  /// Sends the frames of a capture into the network's initial state, from a machine's port.
  ///
  /// They go on the wire as they are, at the times of the capture counted from the first: the
  /// machine's own stack takes no part in sending, so that a source that is not the machine's meets
  /// whatever checks sources. What comes back to the machine it takes as it does any packet.
  /// Frames of which the capture says that they came in are not sent.
  ///
  /// `port` is a machine, or one of its several adapters, as `GW/2`. The frames are those of the
  /// interface that is named; without a name those of the interface that is called as the port, or
  /// else of the only one with frames.
  ///
  /// - Throws: everything that is wrong with the names; that the run went beyond a limit.
  public func replay(
    _ capture: CaptureFile, interface: String? = nil, at port: String
  ) throws(Faults) -> Replay {
    do throws(Fault) {
      let cable = try plan.intent.port(named: port)
      let name = plan.intent.captureName(of: cable)
      let chosen = try capture.interfaces(named: interface, orAs: name)
      return Replay(port: name, frames: try send(capture, of: chosen, on: cable))
    } catch {
      throw Faults([error])
    }
  }

  private func send(
    _ capture: CaptureFile, of interfaces: Set<Int>, on cable: Cable
  ) throws(Fault) -> [Replay.Frame] {
    let numbers = capture.packets.indices.filter {
      interfaces.contains(capture.packets[$0].interface)
    }
    let start = numbers.map { capture.packets[$0].time.nanoseconds }.min() ?? 0
    let simulation = Simulation(plan, keepingSteps: true)
    simulation.eventLimit += numbers.count * Simulation.eventsOfFrame
    var frames: [Int: EthernetFrame] = [:]
    var unreadable: [Int: Fault] = [:]
    for number in numbers {
      let packet = capture.packets[number]
      do throws(Fault) {
        frames[number] = try EthernetFrame(decoding: packet.bytes)
        guard packet.direction != .received else { continue }
        let time = VirtualTime(nanoseconds: packet.time.nanoseconds - start)
        simulation.schedule(.action(number), at: time)
      } catch {
        unreadable[number] = error.blaming(.named("frame \(number + 1)"))
      }
    }
    var journeys: [Int: Int] = [:]
    simulation.run { number in
      guard let frame = frames[number] else { return }
      journeys[number] = simulation.inject(frame, on: cable, "frame \(number + 1) of the capture")
    }
    var replayed: [Replay.Frame] = []
    for number in numbers {
      let packet = capture.packets[number]
      let fate: Replay.Fate
      if let fault = unreadable[number] {
        fate = .unreadable(fault)
      } else if packet.direction == .received {
        fate = .received
      } else if let journey = journeys[number] {
        fate = .sent(Trace(journey, of: simulation.journal, in: plan.intent))
      } else {
        throw Fault(
          .limit, in: .named("frame \(number + 1)"), value: "\(simulation.eventLimit) events",
          "the analysis gave up before this frame was sent", mend: "replay fewer frames at once")
      }
      replayed.append(
        Replay.Frame(
          number: number + 1, time: VirtualTime(nanoseconds: packet.time.nanoseconds - start),
          summary: packet.summary(frames[number]), fate: fate))
    }
    return replayed
  }
}

extension CaptureFile {
  /// The interfaces that a name stands for, of which files put together may have several.
  fileprivate func interfaces(
    named name: String?, orAs port: String
  ) throws(Fault) -> Set<Int> {
    let wanted = name ?? port
    let named = interfaces.indices.filter { interfaces[$0].name == wanted }
    if !named.isEmpty { return Set(named) }
    let used = Set(packets.map(\.interface))
    guard name != nil || used.count > 1 else { return used }
    let names = interfaces.map(\.name)
    throw Fault(
      .captureInterface, in: .named("the capture"), value: wanted,
      name == nil
        ? "the capture has frames of \(used.count) interfaces, and none of them is called \(port)"
        : "the capture has no interface \(wanted)",
      mend: NearestName.of(wanted, among: names).map { "did you mean \($0)?" }
        ?? (1...20 ~= names.count
          ? "say which: \(names.joined(separator: ", "))" : "name one of the capture's interfaces"))
  }
}

extension Simulation {
  /// How many events a frame of a replay adds to what a run may take.
  static let eventsOfFrame = 1_000

  /// Puts a frame on a machine's adapter as if the machine had sent it now; gives the number of its
  /// journey.
  func inject(_ frame: EthernetFrame, on cable: Cable, _ name: String) -> Int {
    let element = cable.capturingElement
    let context = Context(self, element).begin(.request, of: PacketSummary(frame))
    if let packet = frame.packet { (box(element) as? Station)?.expectAnswer(to: packet) }
    context.note(Step(.transmitted, "\(name), from \(frame.source) to \(frame.destination)"))
    context.sent(frame)
    context.emit(frame, on: cable)
    return context.journey
  }
}
