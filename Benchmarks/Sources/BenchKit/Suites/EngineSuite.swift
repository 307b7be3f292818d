import HNVCore
import HNVSim

/// Suite 5: the simulator under load.
extension Bench {
  mutating func measureEngine() {
    let network = LabNetwork(machineCount: min(1_000, options.largest))
    let setting = "\(network.machineCount) VMs, streams of packets"
    report.begin("engine", setting)
    do throws(Diagnostics) {
      var experiment = Experiment(try Fabric(network.lab()))
      for question in network.questions(20) {
        try experiment.send(
          question, every: VirtualTime(nanoseconds: 10_000), times: Self.packetCount)
      }
      let row = Figure.Row("engine", setting, "packet-hops, every step kept")
      let (spread, hops) = Spread.of(1, runs: 5, budget: .seconds(5)) {
        experiment.run().reduce(0) { $0 + ($1.trace.map(Self.hops) ?? 0) }
      }
      // A packet between two machines passes one host at least, and so does its answer.
      if hops < 20 * Self.packetCount * 2 { report.mismatch("\(row): packets are missing") }
      report.add(Figure(row, spread.mapped { Double(hops) / $0 * 1e9 }, .perSecond))
      let (plain, events) = Spread.of(1, runs: 5, budget: .seconds(5)) {
        UInt64(experiment.eventCount())
      }
      // Each is planned, passes a host and arrives, and so does its answer, which nobody plans.
      if events < 20 * Self.packetCount * 5 { report.mismatch("\(row): events are missing") }
      for (operation, count) in [("packet-hops", hops), ("events", events)] {
        report.add(
          Figure(
            Figure.Row("engine", setting, operation), plain.mapped { Double(count) / $0 * 1e9 },
            .perSecond))
      }
      countCalls(Figure.Row("engine", setting, "events"), Int(events)) {
        UInt64(experiment.eventCount())
      }
    } catch {
      report.mismatch("\(setting): \(error.all.first?.explanation ?? "")")
    }
  }

  /// The packets of each stream; few in a debug build, which is run for its answers.
  private static var packetCount: Int {
    #if DEBUG
      20
    #else
      500
    #endif
  }

  /// The elements that a packet and its answers pass.
  private static func hops(_ trace: Trace) -> UInt64 {
    UInt64(trace.hops.count) + trace.replies.reduce(0) { $0 + hops($1) }
  }
}
