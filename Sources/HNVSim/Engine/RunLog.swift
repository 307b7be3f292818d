import HNVCore

/// What happened in a run, to read: its journal, and the lab that ran.
final class RunLog: Sendable {
  let intent: Intent
  let journal: Journal

  init(_ journal: Journal, of intent: Intent) {
    self.intent = intent
    self.journal = journal
  }

  /// Tells what was done with a packet at a hop, in words.
  func forEachStep(at hop: Int, of journey: Int, _ body: (Step) -> Void) {
    var note = journal.hops[hop].firstNote
    while note >= 0 {
      body(step(at: Journal.Place(journey: journey, hop: hop, note: Int(note))))
      note = journal.notes[Int(note)].next
    }
  }

  /// What was done last with a packet at a hop, in words; `nil` where nothing was noted.
  func lastStep(at hop: Int, of journey: Int) -> Step? {
    let note = journal.hops[hop].lastNote
    return note < 0
      ? nil : step(at: Journal.Place(journey: journey, hop: hop, note: Int(note)))
  }

  /// A note in words.
  func step(at place: Journal.Place) -> Step {
    let note = journal.notes[place.note]
    return note.fact.step(
      in: Scene(
        log: self, journey: place.journey, element: journal.hops[place.hop].element, note: note))
  }
}
