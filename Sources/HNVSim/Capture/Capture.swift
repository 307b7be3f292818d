public import HNVCore

/// The frames that one packet and its answer put on every wire, and the packet's trace.
public struct Capture: Hashable, Sendable {
  /// Every frame that passed: the packet, its answer, address resolution, errors.
  ///
  /// There is one interface for each machine's adapter, named as the machine (`GW/2` for the
  /// second adapter of several), one for each host's uplink, named as `hv1 uplink`, and one for
  /// each port of an underlay router, named as the router (`tor1/2` for the second of several).
  /// Times are those of the virtual clock at which a frame was there. A frame's comment is the step
  /// that sent it.
  public let file: CaptureFile

  /// The trace of the packet.
  public let trace: Trace

  /// The capture as a pcapng file, the same bytes on every run and machine.
  public var pcapng: [UInt8] { file.pcapng }
}

extension Fabric {
  /// Sends a packet into the network's initial state, as `trace` does, and captures every frame.
  ///
  /// Without `elements` there is an interface for each place that a frame passes. They limit the
  /// capture to machines or their adapters (`GW/2`), the uplinks of hosts, the ports of underlay
  /// routers, `underlay` for all of these, or the adapters on the wire of an outside network,
  /// whether a frame passes there or not.
  ///
  /// - Throws: everything that is wrong with the question and the names.
  public func capture(
    _ question: Question, at elements: [String] = []
  ) throws(Diagnostics) -> Capture {
    var diagnostics: [Diagnostic] = []
    var testPacket: TestPacket?
    do throws(Diagnostics) { testPacket = try question.testPacket(in: network.intent) } catch {
      diagnostics = error.all
    }
    var points: [Cable] = []
    for name in elements {
      do throws(Diagnostic) {
        points += try network.intent.capturePoints(named: name)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty, let testPacket else { throw Diagnostics(diagnostics) }
    let simulation = run(keepingSteps: true)
    let recorder = CaptureRecorder(
      network.intent, at: elements.isEmpty ? nil : points)
    simulation.world.tap = recorder.note
    let number = simulation.send(testPacket)
    simulation.run()
    let log = simulation.log
    return Capture(
      file: recorder.file(log), trace: Trace(number, of: log))
  }
}

/// Records the frames that pass capture points during a run.
final class CaptureRecorder {
  private let intent: Intent
  /// Whether every cable is captured.
  private let isEverywhere: Bool
  private var points: [Cable] = []
  private var numbers: [Cable: Int] = [:]
  private var seen: [(frameInTransit: FrameInTransit, packet: CaptureFile.Packet)] = []

  /// Captures at some points; `nil` means every cable that a frame passes.
  init(_ intent: Intent, at points: [Cable]?) {
    self.intent = intent
    isEverywhere = points == nil
    for point in points ?? [] { _ = number(of: point) }
  }

  private func number(of point: Cable) -> Int {
    if let number = numbers[point] { return number }
    numbers[point] = points.count
    points.append(point)
    return points.count - 1
  }

  /// Records a frame, with the time at which it is at the capture point.
  func note(_ frameInTransit: FrameInTransit) {
    guard isEverywhere || numbers[frameInTransit.cable] != nil else { return }
    let isSent = frameInTransit.sender == intent.capturingElement(of: frameInTransit.cable)
    let packet = CaptureFile.Packet(
      interface: 0, time: isSent ? frameInTransit.sent : frameInTransit.arrives,
      bytes: frameInTransit.frame.wireBytes, direction: isSent ? .sent : .received)
    seen.append((frameInTransit, packet))
  }

  /// The capture in order of time; interfaces in the order asked for, or else first passed.
  ///
  /// Each frame has the step that sent it as its comment.
  func file(_ log: RunLog) -> CaptureFile {
    let byTime = seen.enumerated().sorted { one, other in
      (one.element.packet.time, one.offset) < (other.element.packet.time, other.offset)
    }
    var packets: [CaptureFile.Packet] = []
    for (_, (frameInTransit, packet)) in byTime {
      var packet = packet
      packet.interface = number(of: frameInTransit.cable)
      packet.comment =
        frameInTransit.cause.map { cause in
          let step = log.step(at: cause)
          let element = intent.name(log.journal.hops[cause.hop].element)
          return "\(element): \(step.action.rawValue) \(step.detail)"
        } ?? ""
      packets.append(packet)
    }
    return CaptureFile(
      interfaces: points.map {
        CaptureFile.Interface(
          name: intent.captureName(of: $0), description: intent.captureDescription(of: $0))
      }, packets: packets)
  }
}
