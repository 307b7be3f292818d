import HNVCore
import HNVSim

/// Suite 3: a packet and its answer, on a lab already wired: the verdict, which is a trace that
/// nobody reads, the trace, and the trace put into words.
///
/// Every trace starts from the lab's initial state, so that neighbour caches are cold.
extension Bench {
  mutating func measureTraces() {
    var patience = Patience()
    for size in [4, 1_000, 10_000, 100_000, 1_000_000] where allows(size) {
      let setting = Self.traceSetting(size)
      if let reason = patience.objection(to: size) {
        report.omit("traces", setting, reason)
        continue
      }
      report.begin("traces", setting)
      patience.note(size, measureTraces(LabNetwork(machineCount: size), setting))
    }
  }

  static func traceSetting(_ size: Int) -> String { "\(size) VMs" }

  private mutating func measureTraces(_ network: LabNetwork, _ setting: String) -> Patience.Cost {
    do throws(Diagnostics) {
      let before = Memory.inUse
      let (wiring, fabric) = try Spread.once { () throws(Diagnostics) in try Fabric(network.lab()) }
      let bytes = before.flatMap { before in Memory.inUse.map { max(0, $0 - before) } } ?? 0
      try measureTraces(fabric, network.questions(64), setting, network.machineCount)
      return Patience.Cost(nanoseconds: wiring.value, bytes: bytes)
    } catch {
      report.mismatch("\(setting): the lab is refused: \(error.all.first?.explanation ?? "")")
      return Patience.Cost()
    }
  }

  private mutating func measureTraces(
    _ fabric: Fabric, _ questions: [Question], _ setting: String, _ size: Int
  ) throws(Diagnostics) {
    // A single trace tells how many there is time for.
    let (first, _) = try Spread.once { () throws(Diagnostics) in try fabric.trace(questions[0]) }
    let some = questions.prefix(max(2, min(questions.count, Int(60e6 / first.value))))
    func isAnswered(_ question: Question, _ isRead: (Trace) -> Bool = { _ in true }) -> Bool {
      guard let trace = try? fabric.trace(question) else { return false }
      return trace.isAnswered && isRead(trace)
    }
    func isReachable(_ question: Question) -> Bool {
      (try? fabric.reach(question))?.isReachable == true
    }
    func row(_ operation: String) -> Figure.Row { Figure.Row("traces", setting, operation) }
    measure(row("verdict with reply"), size, some) { isReachable($0) }
    measure(row("trace with reply"), size, some) { isAnswered($0) }
    measure(row("trace and its text"), size, some) { question in
      isAnswered(question) { !$0.rendered(.everything).isEmpty }
    }
    measure(row("trace and its JSON"), size, some) { question in
      isAnswered(question) { !$0.json.isEmpty }
    }
    // Counts are the same in every run only where the questions are.
    count(row("verdict with reply"), questions) { isReachable($0) }
    count(row("trace with reply"), questions) { isAnswered($0) }
  }

  /// Times what is done with each question, which is right about each.
  private mutating func measure(
    _ row: Figure.Row, _ size: Int, _ questions: ArraySlice<Question>, _ isRight: (Question) -> Bool
  ) {
    let (spread, sum) = Spread.of(questions.count) { Self.sum(questions, isRight) }
    report.add(Figure(row, spread, size: size))
    report.expect(UInt64(questions.count), sum, row)
  }

  private mutating func count(
    _ row: Figure.Row, _ questions: [Question], _ isRight: (Question) -> Bool
  ) {
    countCalls(row, questions.count) { Self.sum(questions[...], isRight) }
  }

  /// How many questions something is right about.
  private static func sum(
    _ questions: ArraySlice<Question>, _ isRight: (Question) -> Bool
  ) -> UInt64 {
    questions.reduce(0) { $0 + (isRight($1) ? 1 : 0) }
  }
}
