/// One measured figure: of what, in which setting, and by whom.
struct Figure: Codable, Equatable {
  /// The suite, the setting and the operation: figures with the same three can be compared.
  struct Row: Codable, Hashable, CustomStringConvertible {
    let suite: String
    let setting: String
    let operation: String

    init(_ suite: String, _ setting: String, _ operation: String) {
      self.suite = suite
      self.setting = setting
      self.operation = operation
    }

    var description: String { "\(suite) / \(setting) / \(operation)" }
  }

  /// What the figure counts.
  enum Unit: String, Codable {
    case nanoseconds = "ns"
    case bytes = "bytes"
    case perSecond = "a second"
    case count = ""
  }

  let row: Row
  /// Whose figure it is: `hnv`, or a reference.
  let subject: String
  let unit: Unit
  let spread: Spread
  /// The sum of the answers, which every subject of the row must agree on; `nil` where there is
  /// nothing to agree on.
  ///
  /// In text, for JSON's numbers have 53 bits in some readers.
  let checksum: String?
  /// The number of VMs or routes, for plots; `nil` where there is no such thing.
  let size: Int?

  init(
    _ row: Row, _ spread: Spread, _ unit: Unit = .nanoseconds, by subject: String = Figure.own,
    checksum: UInt64? = nil, size: Int? = nil
  ) {
    self.row = row
    self.subject = subject
    self.unit = unit
    self.spread = spread
    self.checksum = checksum.map(String.init)
    self.size = size
  }

  /// The library itself.
  static let own = "hnv"
}
