import HNVSim
import Testing

@Suite struct ComplexRoutingTests {
  let fabric: Fabric

  init() throws {
    fabric = try Fabric(Lab(contentsOf: "Labs/complex-routing.json5"))
  }

  @Test func `B reaches X`() throws {
    let answer = try fabric.reach(from: "B", to: "X")
    #expect(answer.isReachable)
  }

  @Test func `A reaches the outside through the gateway`() throws {
    let answer = try fabric.reach(from: "A", to: "internet")
    #expect(answer.isReachable)
    #expect(answer.through == ["GW"])
  }
}

extension ComplexRoutingTests {
  @Test(arguments: [("A", "B"), ("B", "A"), ("A", "C")])
  func `a frame within a subnet arrives as it was sent`(from: String, to: String) throws {
    let trace = try fabric.trace(from: from, to: to)
    #expect(try #require(trace.sent).frame == #require(trace.delivered).frame)
  }
}
