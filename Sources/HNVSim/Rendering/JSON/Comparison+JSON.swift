import HNVCore

/// The JSON of a comparison: every pair under every model, then the differences.
extension Comparison: Encodable {
  private enum Key: String, CodingKey { case lab, models, pairs, differences }

  /// Writes the models, what each makes of every pair, and why they differ.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(lab, forKey: .lab)
    try object.encode(columns, forKey: .models)
    let pairs = rows.map { row in
      PairDocument(
        from: row.from, to: row.to,
        models: Dictionary(
          zip(columns.map(\.model), row.cells).compactMap { name, cell in
            cell.map { (name, $0) }
          }, uniquingKeysWith: { first, _ in first }))
    }
    try object.encode(pairs, forKey: .pairs)
    try object.encode(differences, forKey: .differences)
  }

  private struct PairDocument: Encodable {
    let from: String
    let to: String
    let models: [String: Observation]
  }
}

extension Comparison.Column: Encodable {
  private enum Key: String, CodingKey { case name, title, refused, diagnostics }

  /// Writes the model, whether it refuses the lab, and what is wrong with the lab under it.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(model, forKey: .name)
    try object.encode(title, forKey: .title)
    try object.encode(isRefused, forKey: .refused)
    try object.encode(diagnostics.map { DiagnosticDocument($0) }, forKey: .diagnostics)
  }
}

extension Observation: Encodable {
  private enum Key: String, CodingKey {
    case disposition, reachable, failure, lostAt, arrival, through, elements, crossings, overhead
    case redirects
  }

  /// Writes what was observed; `overhead` counts bytes.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(disposition.rawValue, forKey: .disposition)
    try object.encode(loss == nil, forKey: .reachable)
    try object.encode(loss?.disposition.rawValue, forKey: .failure)
    try object.encode(loss?.element, forKey: .lostAt)
    try object.encode(arrival, forKey: .arrival)
    try object.encode(through, forKey: .through)
    try object.encode(elements, forKey: .elements)
    try object.encode(crossings, forKey: .crossings)
    try object.encode(overhead, forKey: .overhead)
    try object.encode(redirects, forKey: .redirects)
  }
}

extension Observation.Arrival: Encodable {
  private enum Key: String, CodingKey {
    case timeToLive, sourceMAC, destinationMAC, macAddresses, source, destination
  }

  /// Writes the headers that the packet arrived with.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(timeToLive, forKey: .timeToLive)
    try object.encode("\(sourceMAC)", forKey: .sourceMAC)
    try object.encode("\(destinationMAC)", forKey: .destinationMAC)
    try object.encode(macAddresses.rawValue, forKey: .macAddresses)
    try object.encode("\(source)", forKey: .source)
    try object.encode("\(destination)", forKey: .destination)
  }
}

extension Comparison.Difference: Encodable {
  private enum Key: String, CodingKey {
    case model, baseline, aspect, pairs, summary, step, baselineStep
  }

  /// Writes what differs, for whom, and the steps that show it.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(model, forKey: .model)
    try object.encode(baseline, forKey: .baseline)
    try object.encode(aspect.rawValue, forKey: .aspect)
    try object.encode(pairs.map { ["from": $0.from, "to": $0.to] }, forKey: .pairs)
    try object.encode(summary, forKey: .summary)
    try object.encode(step, forKey: .step)
    try object.encode(baselineStep, forKey: .baselineStep)
  }
}

extension Comparison.Evidence: Encodable {
  private enum Key: String, CodingKey { case element, step }

  /// Writes the element and its step.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(element, forKey: .element)
    try object.encode(step, forKey: .step)
  }
}
