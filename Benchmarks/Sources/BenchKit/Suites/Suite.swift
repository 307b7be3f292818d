/// The suites, in the order in which they run.
enum Suite: String, CaseIterable {
  case prefixes, records, decisions, pairs, traces, life, engine

  /// What a suite says, for `--help`.
  var summary: String {
    switch self {
    case .prefixes: "longest-prefix match: lookups, changes, memory, beside DPDK"
    case .records: "exact match of (VSID, customer address), beside a table in C"
    case .decisions: "the whole decision of a host's router on a frame"
    case .pairs: "a verdict for every pair of machines inside each tenant"
    case .traces: "request and reply: the verdict, the trace, its text and its JSON"
    case .life: "build, check, compile, change, move, memory"
    case .engine: "the simulator's packet-hops and events a second"
    }
  }

  func run(_ bench: inout Bench) {
    switch self {
    case .prefixes: bench.measurePrefixTables()
    case .records: bench.measureRecords()
    case .decisions: bench.measureDecisions()
    case .pairs: bench.measureAllPairs()
    case .traces: bench.measureTraces()
    case .life: bench.measureLife()
    case .engine: bench.measureEngine()
    }
  }
}

/// What the suites of one run share.
struct Bench {
  let options: Options
  /// The list that was given with `--prefixes`; `nil` without one.
  let list: PrefixList?
  let floors = Floors()
  var report = Report()
}
