import HNVCore
import HNVSim

/// Suite 3: a packet and its answer with all reasons, on a lab already wired.
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
    func row(_ operation: String) -> Figure.Row { Figure.Row("traces", setting, operation) }
    // A single trace tells how many there is time for.
    let (first, _) = try Spread.once { () throws(Diagnostics) in try fabric.trace(questions[0]) }
    let count = max(2, min(questions.count, Int(60e6 / first.value)))
    let some = questions.prefix(count)
    func answered(_ question: Question) -> UInt64 {
      (try? fabric.trace(question)).map { $0.isAnswered ? 1 : 0 } ?? 0
    }
    let (spread, sum) = Spread.of(count) { some.reduce(0) { $0 + answered($1) } }
    report.add(Figure(row("trace with reply"), spread, size: size))
    report.expect(UInt64(count), sum, row("trace with reply"))
    let (plain, reached) = Spread.of(count) {
      some.reduce(0) { sum, question in
        sum + ((try? fabric.reach(question))?.isReachable == true ? 1 : 0)
      }
    }
    report.add(Figure(row("verdict with reply, no reasons"), plain, size: size))
    report.expect(UInt64(count), reached, row("verdict with reply, no reasons"))
    let trace = try fabric.trace(questions[0])
    let (json, _) = Spread.of(20) {
      (0..<20).reduce(0) { sum, _ in
        sum + UInt64(trace.json.utf8.count)
      }
    }
    report.add(Figure(row("rendering a trace as JSON"), json, size: size))
  }
}
