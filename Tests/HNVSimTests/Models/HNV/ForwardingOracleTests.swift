import HNVCore
import Testing

@testable import HNVSim

/// What arrives, and what crosses the underlay, against an oracle that knows the lab alone.
@Suite struct ForwardingOracleTests {
  @Test(arguments: 1...8, Stack.allCases)
  func `every pair gets the frame that the scenario implies`(seed: Int, stack: Stack) throws {
    let scenario = Scenario(seed: UInt64(seed), stack)
    let fabric = try Fabric(scenario.lab)
    #expect(fabric.warnings.isEmpty)
    for (from, to) in scenario.pairs {
      for family in stack.families {
        let trace = try fabric.trace(from: from.name, to: scenario.address(of: to, family))
        let sent = try #require(trace.sent)
        let delivered = try #require(trace.delivered)
        #expect(trace.disposition == .accepted)
        #expect(delivered.machine == to.name)
        #expect(
          try delivered.frame == scenario.frameOnArrival(from: from, to: to, family))
        // What left the guest, whatever MAC its gateway has.
        #expect(
          try sent.frame
            == scenario.frame(
              from: from, to: to, family, destination: sent.destinationMAC, timeToLive: 128))
        #expect((sent.frame == delivered.frame) == (from.subnet == to.subnet))
        let reply = try #require(trace.reply?.delivered)
        #expect(reply.machine == from.name)
        #expect(reply.timeToLive == (from.subnet == to.subnet ? 128 : 127))
      }
    }
  }

  @Test(arguments: 1...8, Stack.allCases)
  func `the wire bears the receiver's virtual subnet, and only between hosts`(
    seed: Int, stack: Stack
  ) throws {
    let scenario = Scenario(seed: UInt64(seed), stack)
    let fabric = try Fabric(scenario.lab)
    for (from, to) in scenario.pairs {
      for family in stack.families {
        let tap = Wiretap(fabric)
        try tap.run(Question(from: from.name, to: scenario.address(of: to, family)))
        // The request, then the answer; nothing crosses the underlay between machines of a host.
        let packets = tap.log.packets
        #expect(try packets.first == scenario.tunnelPacket(from: from, to: to, family))
        #expect(packets.count == (from.host == to.host ? 0 : 2))
      }
    }
  }

  @Test(arguments: 1...4)
  func `a guest asks for its peer within a subnet and for its gateway between subnets`(
    seed: Int
  ) throws {
    let scenario = Scenario(seed: UInt64(seed), .dual)
    let fabric = try Fabric(scenario.lab)
    for (from, to) in scenario.pairs {
      for family in [IPFamily.v4, .v6] {
        let trace = try fabric.trace(from: from.name, to: scenario.address(of: to, family))
        let question = try #require(trace.resolution.first)
        let gateway = family == .v4 ? "10.\(from.subnet).7.1" : "fd00:\(from.subnet)::1"
        let target = from.subnet == to.subnet ? scenario.address(of: to, family) : gateway
        #expect(try question.target == IPAddress(parsing: target))
        #expect(question.method == (family == .v4 ? "ARP" : "ND"))
        // Answered by the sender's own host, never by the machine asked for.
        #expect(question.answeredBy == "host\(from.host)")
        #expect(trace.resolution.count { $0.machine == from.name } == 1)
      }
    }
  }
}
