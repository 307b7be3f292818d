import HNVCore

/// Notes the frames that pass capture points while a run goes on.
final class CaptureRecorder {
  private let intent: Intent
  private let journal: Journal
  /// Whether everything that a frame passes is a point to capture at.
  private let isEverywhere: Bool
  private var points: [Cable] = []
  private var numbers: [Cable: Int] = [:]
  private var seen: [(point: Cable, packet: CaptureFile.Packet)] = []

  /// Captures at some points, or else at all that a frame passes.
  init(_ intent: Intent, _ journal: Journal, at points: [Cable]?) {
    self.intent = intent
    self.journal = journal
    isEverywhere = points == nil
    for point in points ?? [] { _ = number(of: point) }
  }

  private func number(of point: Cable) -> Int {
    if let number = numbers[point] { return number }
    numbers[point] = points.count
    points.append(point)
    return points.count - 1
  }

  /// Notes a frame on a cable, if it is to be captured, at the time at which it is at the point.
  func note(_ passage: Passage) {
    guard isEverywhere || numbers[passage.cable] != nil else { return }
    let isSent = passage.sender == intent.capturingElement(of: passage.cable)
    let packet = CaptureFile.Packet(
      interface: 0, time: isSent ? passage.sent : passage.arrives,
      bytes: passage.frame.wireBytes, direction: isSent ? .sent : .received,
      comment: journal.cause(of: passage.journey, in: intent))
    seen.append((passage.cable, packet))
  }

  /// What was captured, by time; interfaces as they were asked for, or else as they were passed.
  func file() -> CaptureFile {
    let byTime = seen.enumerated().sorted { one, other in
      (one.element.packet.time, one.offset) < (other.element.packet.time, other.offset)
    }
    var packets: [CaptureFile.Packet] = []
    for (_, frame) in byTime {
      var packet = frame.packet
      packet.interface = number(of: frame.point)
      packets.append(packet)
    }
    return CaptureFile(
      interfaces: points.map {
        CaptureFile.Interface(
          name: intent.captureName(of: $0), description: intent.captureDescription(of: $0))
      }, packets: packets)
  }
}

extension Journal {
  /// The step that put a packet on a cable, in words; an answer's is that of what it answers.
  func cause(of journey: Int, in intent: Intent) -> String {
    var number: Int? = journey
    while let index = number, journeys.indices.contains(index) {
      if let hop = journeys[index].hops.last, let step = hop.steps.last {
        return "\(intent.name(hop.element)): \(step.action.rawValue) \(step.detail)"
      }
      number = journeys[index].cause
    }
    return ""
  }
}
