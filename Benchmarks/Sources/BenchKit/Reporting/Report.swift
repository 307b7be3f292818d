/// All figures of a run, in the order in which they were measured.
struct Report: Codable {
  var machine = Machine()
  private(set) var figures: [Figure] = []
  /// What was not measured, and why.
  private(set) var omissions: [Omission] = []
  /// Rows in which two subjects gave different answers, or one a wrong one.
  private(set) var mismatches: [String] = []
  /// The dependent load from 1 GiB, by which absolute targets are scaled; 0 until it is measured.
  var dependentLoad = 0.0
  /// What of the region of 1 GiB was in pages of 2 MiB; `nil` where that is unknown.
  var hugeByteCount: Int?
  /// The figures of a second run in pages of 2 MiB, where one was asked for.
  var figuresInHugePages: [Figure] = []

  /// Something that was left out.
  struct Omission: Codable {
    let suite: String
    let setting: String
    let reason: String
  }

  /// The figure of a subject in a row.
  func figure(_ row: Figure.Row, _ subject: String = Figure.own) -> Figure? {
    figures.last { $0.row == row && $0.subject == subject }
  }

  /// The figures of work that was done again and again.
  var repeated: [Figure] { figures.filter { $0.spread.isSettled != nil } }

  /// Those of them whose quickest runs do not agree.
  var unsettled: [Figure] { figures.filter { $0.spread.isSettled == false } }

  /// The figures of the others in a row.
  func references(beside figure: Figure) -> [Figure] {
    figures.filter {
      $0.row == figure.row && $0.subject != figure.subject && $0.unit == figure.unit
    }
  }

  /// Takes a figure, compares its answers with those of its row and prints it.
  mutating func add(_ figure: Figure) {
    if let checksum = figure.checksum,
      let other = figures.first(where: { $0.row == figure.row && $0.checksum != nil }),
      other.checksum != checksum
    {
      mismatch("\(figure.row): \(figure.subject) and \(other.subject) give different answers")
    }
    figures.append(figure)
    print(FigureText.line(figure, beside: references(beside: figure)))
  }

  /// Compares answers with what they should be, known from how the input was built.
  mutating func expect(_ wanted: UInt64, _ found: UInt64, _ row: Figure.Row) {
    if found != wanted { mismatch("\(row): other answers than the input was built for") }
  }

  /// Notes a wrong answer, which fails the run.
  mutating func mismatch(_ text: String) {
    mismatches.append(text)
    print("MISMATCH: \(text)")
  }

  /// Notes what is left out, and why.
  mutating func omit(_ suite: String, _ setting: String, _ reason: String) {
    omissions.append(Omission(suite: suite, setting: setting, reason: reason))
    print("  \(setting): not measured, \(reason)")
  }

  /// Prints a heading, and says on the standard error that it has begun.
  func begin(_ suite: String, _ setting: String) {
    Progress.say("\(suite): \(setting) …")
    print("\n\(suite): \(setting)")
  }
}
