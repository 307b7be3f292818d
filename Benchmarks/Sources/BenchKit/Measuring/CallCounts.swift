import RuntimeCalls

/// How often a piece of work calls the allocator and the Swift runtime.
struct CallCounts {
  /// What is counted, in the words of rows.
  enum Kind: String, CaseIterable {
    case allocations, retains
    case exclusivityChecks = "exclusivity checks"
  }

  private let calls: runtime_calls

  /// Why calls cannot be counted; `nil` where they can.
  static var objection: String? {
    runtime_calls_can_be_counted() ? nil : "calls are counted on x86-64 with glibc alone"
  }

  /// Does a piece of work twice, and counts the second time, when what is made once is made.
  init?(_ body: () -> UInt64) {
    guard Self.objection == nil else { return nil }
    let checksum = body()
    runtime_calls_start()
    let again = body()
    calls = runtime_calls_stop()
    precondition(again == checksum, "two runs of one piece of work do not agree")
  }

  subscript(kind: Kind) -> Int {
    switch kind {
    case .allocations: Int(calls.allocations)
    case .retains: Int(calls.retains)
    case .exclusivityChecks: Int(calls.exclusivity_checks)
    }
  }
}

extension Figure.Row {
  /// The row of one kind of calls that this row's operation makes.
  func calls(_ kind: CallCounts.Kind) -> Figure.Row {
    Figure.Row(suite, setting, "\(operation), \(kind.rawValue)")
  }
}

extension Bench {
  /// Counts the calls that each of `count` operations makes, apart from where they are timed.
  mutating func countCalls(_ row: Figure.Row, _ count: Int, _ body: () -> UInt64) {
    let counts = CallCounts(body)
    for kind in CallCounts.Kind.allCases {
      let row = row.calls(kind)
      if let counts {
        report.add(Figure(row, Spread([Double(counts[kind]) / Double(count)]), .count))
      } else if let reason = CallCounts.objection {
        report.omit(row.suite, "\(row.setting), \(row.operation)", reason)
      }
    }
  }
}
