extension Comparison: JSONWritable {
  /// The models, what each makes of every pair, and the differences.
  public static let jsonForm = JSONForm<Comparison>(
    "compare", about: "One lab under several forwarding models.",
    [
      .member("lab", "The lab's name.") { $0.lab },
      .member("models", "The models, the baseline first.") { $0.columns },
      .member("pairs", "What each model makes of every pair.") { $0.pairs },
      .member("differences", "The differences of the other models from the first.") {
        $0.differences
      },
    ])

  /// What each model makes of one pair; a model that cannot send the packet is left out.
  fileprivate struct ComparedPair: Sendable {
    let from: String
    let to: String
    let models: [String: Observation]
  }

  private var pairs: [ComparedPair] {
    rows.map { row in
      let cells = zip(columns, row.cells).compactMap { column, cell in
        cell.map { (column.model, $0) }
      }
      return ComparedPair(
        from: row.from, to: row.to,
        models: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension Comparison.ComparedPair: JSONObjectValue {
  static let jsonForm = JSONForm<Comparison.ComparedPair>(
    "compared-pair", about: "What the models make of one pair.",
    [
      .member("from", "Who sends.") { $0.from },
      .member("to", "The destination.") { $0.to },
      .member("models", "What is observed under each model, by the model's name.") { $0.models },
    ])
}

extension Comparison.Column: JSONObjectValue {
  /// The model, whether it refuses the lab, and what is wrong with the lab under it.
  public static let jsonForm = JSONForm<Comparison.Column>(
    "model", about: "A forwarding model, and its diagnostics of the lab.",
    [
      .member("name", "The model's name.") { $0.model },
      .member("title", "The model's name in full.") { $0.title },
      .member("refused", "Whether the lab does not run under this model.") { $0.isRefused },
      .member("diagnostics", "What is wrong with the lab under this model.") { $0.diagnostics },
    ])
}

extension Observation: JSONObjectValue {
  /// What was observed.
  public static let jsonForm = JSONForm<Observation>(
    "observation", about: "What can be observed of a packet at both ends and on the underlay.",
    [
      .member("disposition", "How the packet ended.") { $0.disposition },
      .member("reachable", "Whether the packet, and a reply where one is due, arrived.") {
        $0.loss == nil
      },
      .member("failure", "How the packet or its reply was dropped; null when neither was.") {
        $0.loss?.disposition
      },
      .member("lostAt", "The element that dropped it; null when none did.") { $0.loss?.element },
      .member("arrival", "The packet as it arrived; null when it did not.") { $0.arrival },
      .member("through", "The forwarding machines that it passed, in order.") { $0.through },
      .member("elements", "Every element that it passed, in order.") { $0.elements },
      .member("crossings", "How often it crossed the underlay.") { $0.crossings },
      .member("overhead", "The bytes of its encapsulation; null where they are not published.") {
        $0.overhead
      },
      .member("redirects", "The number of redirects that its sender was sent.") {
        $0.redirects
      },
    ])
}

extension Observation.Arrival: JSONObjectValue {
  /// The headers that the packet arrived with.
  public static let jsonForm = JSONForm<Observation.Arrival>(
    "arrival", about: "A packet at its receiver.",
    [
      .member("timeToLive", "Its TTL.") { $0.timeToLive },
      .member("sourceMAC", "The frame's source MAC address.") { $0.sourceMAC },
      .member("destinationMAC", "The frame's destination MAC address.") { $0.destinationMAC },
      .member("macAddresses", "Which of the two were rewritten on the way.") {
        $0.macAddresses
      },
      .member("source", "Its source address.") { $0.source },
      .member("destination", "Its destination address.") { $0.destination },
    ])
}

extension Claims.MACTreatment: JSONWord {}

extension Comparison.Difference: JSONObjectValue {
  /// What differs, for which pairs, and the steps that show it.
  public static let jsonForm = JSONForm<Comparison.Difference>(
    "difference", about: "Pairs that differ from the baseline in the same way.",
    [
      .member("model", "The model's name.") { $0.model },
      .member("baseline", "The model from which it differs.") { $0.baseline },
      .member("aspect", "What differs.") { $0.aspect },
      .member("pairs", "The pairs that differ.") { $0.pairs },
      .member("summary", "The difference in words.") { $0.summary },
      .member("step", "The step that causes it under the model; null for none.") { $0.step },
      .member("baselineStep", "The step that decides it under the baseline; null for none.") {
        $0.baselineStep
      },
    ])
}

extension Comparison.Aspect: JSONWord {}

extension Comparison.Pair: JSONObjectValue {
  /// Who sends to whom.
  public static let jsonForm = JSONForm<Comparison.Pair>(
    "ends", about: "Who sends to whom.",
    [
      .member("from", "Who sends.") { $0.from },
      .member("to", "The destination.") { $0.to },
    ])
}

extension Comparison.Evidence: JSONObjectValue {
  /// The step, and where it was taken.
  public static let jsonForm = JSONForm<Comparison.Evidence>(
    "evidence", about: "A step that causes a difference.",
    [
      .member("element", "The element.") { $0.element },
      .member("step", "What it did.") { $0.step },
    ])
}
