import HNVCore

/// What happened in a run, to read: its journal, and the lab that ran.
final class RunLog: Sendable {
  let intent: Intent
  let journal: Journal

  init(_ journal: Journal, of intent: Intent) {
    self.intent = intent
    self.journal = journal
  }

  /// What was done with a packet at a hop, in words.
  func steps(at hop: Int, of journey: Int) -> StepText {
    var writer = StepWriter()
    write(hop, of: journey, to: &writer)
    return writer.finished()
  }

  /// Writes what was done with a packet at a hop.
  func write(_ hop: Int, of journey: Int, to writer: inout StepWriter) {
    var note = journal.hops[hop].firstNote
    while note >= 0 {
      write(Journal.Place(journey: journey, hop: hop, note: Int(note)), to: &writer)
      note = journal.notes[Int(note)].next
    }
    writer.finishStep()
  }

  /// What was done last with a packet at a hop, in words; `nil` where nothing was noted.
  func lastStep(at hop: Int, of journey: Int) -> Step? {
    let note = journal.hops[hop].lastNote
    return note < 0
      ? nil : step(at: Journal.Place(journey: journey, hop: hop, note: Int(note)))
  }

  /// A note in words.
  func step(at place: Journal.Place) -> Step {
    var writer = StepWriter()
    write(place, to: &writer)
    return writer.finished()[0]
  }

  private func write(_ place: Journal.Place, to writer: inout StepWriter) {
    let note = journal.notes[place.note]
    let element = journal.hops[place.hop].element
    writer.begin()
    note.fact.write(
      to: &writer,
      in: Scene(
        log: self, journey: place.journey, element: element, packet: note.packet,
        before: note.before))
  }
}
