import HNVCore

extension Comparison: Encodable {
  /// Encodes the models, what each makes of every pair, and the differences.
  public func encode(to encoder: any Encoder) throws {
    let pairs = rows.map { row in
      let cells = zip(columns, row.cells).compactMap { column, cell in
        cell.map { (column.model, $0) }
      }
      return PairDocument(
        from: row.from, to: row.to,
        models: Dictionary(cells, uniquingKeysWith: { first, _ in first }))
    }
    try encoder.encodeObject([
      "lab": lab, "models": columns, "pairs": pairs, "differences": differences,
    ])
  }

  private struct PairDocument: Encodable {
    let from: String
    let to: String
    let models: [String: Observation]
  }
}

extension Comparison.Column: Encodable {
  /// Encodes the model, whether it refuses the lab, and what is wrong with the lab under it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "name": model, "title": title, "refused": isRefused,
      "diagnostics": diagnostics.map { DiagnosticDocument($0) },
    ])
  }
}

extension Observation: Encodable {
  /// Encodes what was observed; `overhead` counts bytes.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "disposition": disposition, "reachable": loss == nil,
      "failure": loss?.disposition,
      "lostAt": loss?.element, "arrival": arrival, "through": through, "elements": elements,
      "crossings": crossings, "overhead": overhead, "redirects": redirects,
    ])
  }
}

extension Observation.Arrival: Encodable {
  /// Encodes the headers that the packet arrived with.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "timeToLive": timeToLive, "sourceMAC": "\(sourceMAC)",
      "destinationMAC": "\(destinationMAC)", "macAddresses": macAddresses.rawValue,
      "source": "\(source)", "destination": "\(destination)",
    ])
  }
}

extension Comparison.Difference: Encodable {
  /// Encodes what differs, for whom, and the steps that show it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "model": model, "baseline": baseline, "aspect": aspect.rawValue, "pairs": pairs,
      "summary": summary, "step": step, "baselineStep": baselineStep,
    ])
  }
}
