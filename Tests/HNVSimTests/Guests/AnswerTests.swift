import HNVCore
import HNVSim
import Testing

/// What machines say in return.
@Suite struct AnswerTests {
  @Test(arguments: IPFamily.allCases, ["B", "X"])
  func `a TCP handshake is a trace, its reply and the reply's reply`(
    family: IPFamily, to: String
  ) throws {
    let question = Question(
      from: "A", to: to, ipProtocol: .tcp, sourcePort: 1025, destinationPort: 443)
    let trace = try SmallLab.fabric([family]).trace(question)
    #expect(trace.packet.text == "TCP SYN 1025 -> 443")
    let accepting = try #require(trace.reply)
    #expect(accepting.packet.text == "TCP SYN+ACK 443 -> 1025")
    #expect(accepting.sender == to)
    let acknowledging = try #require(accepting.reply)
    #expect(acknowledging.packet.text == "TCP ACK 1025 -> 443")
    #expect(acknowledging.sender == "A")
    #expect(acknowledging.reply == nil)
    #expect(trace.isAnswered)
  }

  @Test(arguments: IPFamily.allCases)
  func `a handshake numbers its segments as RFC 9293 has it`(family: IPFamily) throws {
    let question = Question(from: "A", to: "B", ipProtocol: .tcp)
    let trace = try SmallLab.fabric([family]).trace(question)
    let segments = [trace, trace.reply, trace.reply?.reply].map { trace -> TCPSegment? in
      guard case .tcp(let segment) = trace?.delivered?.frame.packet?.transport else { return nil }
      return segment
    }
    #expect(segments.map { $0?.flags } == [[.syn], [.syn, .ack], [.ack]])
    #expect(segments.map { $0?.sequence } == [0, 0, 1])
    #expect(segments.map { $0?.acknowledgment } == [0, 1, 1])
  }

  @Test(arguments: IPFamily.allCases)
  func `a closed TCP port answers with a reset`(family: IPFamily) throws {
    let fabric = try SmallLab.fabric([family]) { lab in
      lab.change("B") { $0.open = [SmallLab.written("tcp/80"), SmallLab.written("udp/22")] }
    }
    let open = Question(from: "A", to: "B", ipProtocol: .tcp, destinationPort: 80)
    #expect(try fabric.reach(open).isReachable)
    let closed = Question(from: "A", to: "B", ipProtocol: .tcp, destinationPort: 22)
    let trace = try fabric.trace(closed)
    #expect(trace.disposition == .portClosed)
    #expect(!trace.isAnswered)
    #expect(trace.delivered?.machine == "B")
    #expect(trace.reply?.packet.text == "TCP RST+ACK 22 -> 49152")
    #expect(trace.reply?.disposition == .accepted)
    #expect(trace.reply?.reply == nil)
    // An echo has no port, and is answered all the same.
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
  }

  @Test(arguments: IPFamily.allCases)
  func `a closed UDP port answers that it is unreachable`(family: IPFamily) throws {
    let fabric = try SmallLab.fabric([family]) { $0.change("B") { $0.open = [] } }
    let trace = try fabric.trace(Question(from: "A", to: "B", ipProtocol: .udp))
    #expect(trace.disposition == .portClosed)
    let reply = try #require(trace.reply)
    #expect(reply.packet.text == "ICMP destination unreachable")
    #expect(reply.disposition == .accepted)
    let quoted: QuotedPacket? =
      switch reply.delivered?.frame.packet?.transport {
      case .icmp(.destinationUnreachable(.port, let quoted)): quoted
      case .icmpv6(.destinationUnreachable(.port, let quoted)): quoted
      default: nil
      }
    #expect(quoted?.destinationPort == 53)
    #expect(quoted?.source == trace.packet.source)
  }

  @Test(arguments: IPFamily.allCases)
  func `an open UDP port answers once, and nobody answers the answer`(family: IPFamily) throws {
    // A has no port open, and still takes the answer that it waits for.
    let fabric = try SmallLab.fabric([family]) { $0.change("A") { $0.open = [] } }
    let question = Question(
      from: "A", to: "B", ipProtocol: .udp, sourcePort: 5000, destinationPort: 53, size: 20)
    let trace = try fabric.trace(question)
    #expect(trace.isAnswered)
    #expect(trace.reply?.packet.text == "UDP 53 -> 5000")
    #expect(trace.reply?.disposition == .accepted)
    #expect(trace.reply?.reply == nil)
    guard case .udp(let datagram) = trace.reply?.delivered?.frame.packet?.transport else {
      Issue.record("the answer is no datagram")
      return
    }
    #expect(datagram.data.count == 20)
  }

  @Test func `whoever initiates with closed ports still completes a handshake`() throws {
    let fabric = try SmallLab.fabric { $0.change("A") { $0.open = [] } }
    #expect(try fabric.reach(Question(from: "A", to: "X", ipProtocol: .tcp)).isReachable)
    #expect(try !fabric.reach(Question(from: "X", to: "A", ipProtocol: .tcp)).isReachable)
  }
}
