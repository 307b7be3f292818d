import Foundation
import HNVCore
import HNVSim
import Testing

/// What a run makes lives as long as the run.
@Suite struct RunLifetimeTests {
  @Test(arguments: LabFiles.names)
  func `nothing that a run made outlives it`(name: String) throws {
    let lab = try LabFiles.lab(name)
    var madeCount = 0
    for model in ForwardingModels.all {
      let watched = WatchedModel(model)
      func expectNothing(after run: String) {
        let aliveCount = watched.elements.aliveCount
        #expect(aliveCount == 0, "\(run) under \(model.name)")
      }
      _ = LabRun(lab, under: watched)
      expectNothing(after: "a lab's run")
      guard let fabric = try? Fabric(lab, under: watched) else { continue }
      for question in try fabric.pairs().prefix(2) {
        _ = try fabric.reach(question)
        expectNothing(after: "a verdict")
        _ = try fabric.trace(question)
        expectNothing(after: "a trace")
        _ = try fabric.observe(question)
        expectNothing(after: "an observation")
        _ = try fabric.traceroute(question)
        expectNothing(after: "a traceroute")
        let capture = try fabric.capture(question)
        expectNothing(after: "a capture")
        let port = capture.file.interfaces.first?.name
        _ = try port.map { try fabric.replay(capture.file, at: $0) }
        expectNothing(after: "a replay")
      }
      madeCount += watched.elements.madeCount
    }
    #expect(madeCount > 0 || LabRun(lab).isRefused)
  }

  #if os(Linux)
    /// Each lab runs as often as it can in half a second, six times at least; an optimised program
    /// runs each 200 times in `.ci/run` (`hnv-fuzz --lab-runs 200`).
    @Test func `memory does not grow over the runs of a lab`() async {
      // In a process of its own, where nobody else allocates.
      await #expect(processExitsWith: .success) {
        var runCount = 0
        for name in LabFiles.names {
          let lab = try LabFiles.lab(name)
          // What is made once for all runs, and what the allocator keeps, exists from here on.
          for _ in 0..<3 { _ = LabRun(lab) }
          let before = try Self.residentBytes()
          let end = ContinuousClock.now + .milliseconds(500)
          var runs = 0
          // What runs leave behind is there after each of them; what the allocator keeps is not.
          var latest: [Int] = []
          while runs < 6 || (runs < 200 && ContinuousClock.now < end) {
            _ = LabRun(lab)
            runs += 1
            latest = latest.suffix(3) + [try Self.residentBytes()]
          }
          let growth = (latest.min() ?? before) - before
          #expect(growth < 4 << 20, "\(name) in \(runs) runs")
          runCount += runs
        }
        #expect(runCount > 40)
      }
    }

    /// The memory that the process has by now (proc(5), statm: the second number, in pages).
    private static func residentBytes() throws -> Int {
      let statistics = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      return try #require(Int(statistics.split(separator: " ")[1])) * sysconf(Int32(_SC_PAGESIZE))
    }
  #endif
}
