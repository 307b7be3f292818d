import HNVSim
import Testing

/// A run's events, counted from what a packet passes.
struct EventCountTests {
  @Test func `each packet of a stream takes as many events as it has stations`() throws {
    let lab = Lab("Two machines") { lab in
      lab.host("hv1")
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("B", on: "hv1", in: "front", "10.0.1.12")
    }
    let fabric = try Fabric(lab)
    func events(_ times: Int) throws -> Int {
      var experiment = Experiment(fabric)
      if times > 0 {
        try experiment.send(
          Question(from: "A", to: "B"), every: VirtualTime(nanoseconds: 1_000), times: times)
      }
      #expect(experiment.run().count == times)
      return experiment.eventCount()
    }
    #expect(try events(0) == 0)
    // Planned, at the switch and at the receiver, and the same way back, which nobody plans.
    let perPacket = 5
    #expect(try events(5) - events(3) == 2 * perPacket)
  }
}
