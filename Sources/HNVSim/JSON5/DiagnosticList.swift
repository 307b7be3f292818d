import HNVCore

/// Gathers diagnostics, up to a limit that keeps a broken file of any size from filling the memory.
struct DiagnosticList {
  /// How many diagnostics are worth reporting; more are the same mistake made everywhere.
  static let limit = 1_000

  /// The diagnostics in the order of the file; the last one says so where further ones are left out.
  private(set) var all: [Diagnostic] = []

  /// Whether nothing is wrong so far.
  var isEmpty: Bool { all.isEmpty }

  /// Adds a diagnostic, which is not even worded beyond the limit.
  mutating func add(_ diagnostic: @autoclosure () -> Diagnostic) {
    guard all.count <= Self.limit else { return }
    let diagnostic = diagnostic()
    guard all.count == Self.limit else { return all.append(diagnostic) }
    all.append(
      Diagnostic(
        .tooManyDiagnostics, value: diagnostic.value,
        "\(Self.limit) diagnostics are reported, and here is another", at: diagnostic.place))
  }
}
