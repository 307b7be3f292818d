import HNVCore
import HNVSim

extension Bench {
  /// Labs, from Swift and from a file, checked and wired up.
  mutating func measureLabs() {
    var patience = Patience()
    for size in [1_000, 10_000, 100_000, 1_024_000] where allows(size) {
      let setting = Self.labSetting(size)
      if let reason = patience.objection(to: size) {
        report.omit("life", setting, reason)
        continue
      }
      report.begin("life", setting)
      let network = LabNetwork(machineCount: size)
      let swift = wire(setting, "lab from Swift", size) { () throws(Diagnostics) in network.lab() }
      moveMachine(network, setting)
      let text = network.text()
      let file = wire(setting, "lab from a file", size) { () throws(Diagnostics) in
        try Lab.read(text, named: "lab.json5")
      }
      patience.note(
        size,
        Patience.Cost(nanoseconds: swift.nanoseconds + file.nanoseconds, bytes: file.bytes))
    }
  }

  static func labSetting(_ size: Int) -> String { "lab of \(size) VMs" }

  private mutating func wire(
    _ setting: String, _ operation: String, _ size: Int, _ make: () throws(Diagnostics) -> Lab
  ) -> Patience.Cost {
    let row = Figure.Row("life", setting, operation)
    do {
      let before = Memory.inUse
      let (spread, fabric) = try Spread.once { try Fabric(make()) }
      let after = Memory.inUse
      report.add(Figure(row, spread, size: size))
      report.expect(UInt64(size), UInt64(fabric.senders.count), row)
      guard let before, let after else {
        return Patience.Cost(nanoseconds: spread.value)
      }
      report.add(
        Figure(
          Figure.Row("life", setting, "\(operation), memory in all"),
          Spread([Double(after - before)]), .bytes, size: size))
      return Patience.Cost(nanoseconds: spread.value, bytes: after - before)
    } catch {
      report.mismatch("\(row): the lab is refused: \(error)")
      return Patience.Cost()
    }
  }

  /// An experiment in which a machine moves and all hosts are told: the packet behind that arrives.
  private mutating func moveMachine(_ network: LabNetwork, _ setting: String) {
    let row = Figure.Row("life", setting, "a run: one VM moved, all told")
    do throws(Diagnostics) {
      var experiment = Experiment(try Fabric(network.lab()))
      let move = network.move
      try experiment.move(move.machine, to: move.host, at: .zero)
      try experiment.deliver(record: move.address, at: .zero)
      try experiment.send(Question(from: move.neighbor, to: move.machine), at: .seconds(1))
      let (spread, sum) = Spread.of(1, runs: 5, budget: .seconds(5)) {
        experiment.run().reduce(0) { $0 + ($1.trace?.isAnswered == true ? 1 : 0) }
      }
      report.add(Figure(row, spread, size: network.machineCount))
      report.expect(1, sum, row)
    } catch {
      report.mismatch("\(row): \(error.all.first?.explanation ?? "")")
    }
  }
}
