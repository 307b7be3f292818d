import HNVCore

extension Step: JSONObjectValue {
  /// The members of a step; what it does not have is left out.
  public static let jsonForm = JSONForm<Step>(
    "step", about: "One thing that an element did with a packet.",
    [
      .member("action", "What was done.") { $0.action },
      .member("detail", "What exactly, in a sentence.") { $0.detailWords },
      .optional("lookup", "What was looked up.") { $0.lookup },
      .optional("entry", "The entry of a table that decided.") { $0.entry },
      .optional("changes", "What changed in the packet's headers.") {
        $0.changes.isEmpty ? nil : $0.changes
      },
      .optional("setting", "The setting that decided.") { $0.settingWords },
      .optional("fix", "What would let the packet pass, where it was dropped.") { $0.fixWords },
    ])
}

extension Step.Action: JSONWord {}

extension Step.Entry: JSONObjectValue {
  /// The kind, what tells the entry from others, and where the lab says it.
  public static let jsonForm = JSONForm<Step.Entry>(
    "entry", about: "An entry of a table.",
    [
      .member("kind", "What kind of entry it is.") { $0.kind },
      .member("name", "What tells it from others of its kind in its table.") { $0.nameWords },
      .optional("file", "The file that says it.") { $0.place?.file },
      .optional("line", "The line, from 1.") {
        $0.place.flatMap { $0.line == 0 ? nil : $0.line }
      },
      .optional("column", "The column, from 1.") {
        $0.place.flatMap { $0.column == 0 ? nil : $0.column }
      },
    ])
}

extension Step.Entry.Kind: JSONWord {}

extension Step.Lookup: JSONObjectValue {
  /// The members of a lookup.
  public static let jsonForm = JSONForm<Step.Lookup>(
    "lookup", about: "A table lookup.",
    [
      .member("table", "The table.") { $0.tableWords },
      .member("key", "What was looked for.") { $0.keyWords },
      .member("match", "The entry that was found; null on a miss.") { $0.matchWords },
      .member("notChosen", "The other entries that cover the key, the best first.") {
        $0.notChosen
      },
      .member("nearest", "On a miss, the nearest entries.") { $0.nearestWords },
    ])
}

extension Step.NotChosen: JSONObjectValue {
  /// The entry, and why it was not chosen.
  public static let jsonForm = JSONForm<Step.NotChosen>(
    "not-chosen", about: "An entry that covers the key and was not chosen.",
    [
      .member("entry", "The entry.") { $0.entryWords },
      .member("why", "Why it was not chosen.") { $0.whyWords },
    ])
}

extension Step.Change: JSONObjectValue {
  /// The field, before and after.
  public static let jsonForm = JSONForm<Step.Change>(
    "change", about: "A header field before and after.",
    [
      .member("field", "The field.") { $0.field },
      .member("before", "Its value before.") { $0.beforeWords },
      .member("after", "Its value after.") { $0.afterWords },
    ])
}

extension Step.Change.Field: JSONWord {}
