import HNVCore
import Testing

@testable import HNVSim

/// What packets travel in between hosts, and what becomes of those that are too large or too old.
struct ContrailFabricTests {
  private func outer(
    _ encapsulation: String, _ from: String, _ to: String
  ) throws -> Transport? {
    let fabric = try ContrailLab.article {
      $0.contrail.encapsulation = SmallLab.written(encapsulation)
    }
    let tap = Wiretap(fabric)
    try tap.run(Question(from: from, to: to))
    return tap.log.packets.first?.transport
  }

  @Test(arguments: ["MPLSoGRE", "MPLSoUDP", "VXLAN"])
  func `a routed packet travels bare behind a label`(encapsulation: String) throws {
    guard case .mpls(let header, .packet(let packet)) = try outer(encapsulation, "A", "X")
    else {
      Issue.record("no packet behind a label")
      return
    }
    #expect((header.tunnel == .gre) == (encapsulation != "MPLSoUDP"))
    #expect(header.timeToLive == packet.timeToLive && packet.timeToLive == 127)
  }

  @Test func `a bridged frame travels whole`() throws {
    for encapsulation in ["MPLSoGRE", "MPLSoUDP"] {
      guard case .mpls(let header, .frame(let frame)) = try outer(encapsulation, "A", "B")
      else {
        Issue.record("no frame behind a label")
        return
      }
      #expect(header.timeToLive == 64 && frame.packet?.timeToLive == 128)
    }
    guard case .vxlan(_, let frame) = try outer("VXLAN", "A", "B") else {
      Issue.record("no VXLAN")
      return
    }
    #expect(frame.packet?.timeToLive == 128)
  }

  /// The room that 1500 bytes leave: 20 of IP, 4 of GRE or 8 of UDP, 4 of a label or 8 of VXLAN,
  /// and 14 of Ethernet where frames are bridged.
  @Test(arguments: [
    ("MPLSoGRE", "B", 1458), ("MPLSoGRE", "X", 1472), ("MPLSoUDP", "B", 1454),
    ("MPLSoUDP", "X", 1468), ("VXLAN", "B", 1450), ("VXLAN", "X", 1472),
  ])
  func `of a packet that does not fit the sender hears from its gateway`(
    encapsulation: String, receiver: String, room: Int
  ) throws {
    let fabric = try ContrailLab.article {
      $0.contrail.encapsulation = SmallLab.written(encapsulation)
    }
    func trace(_ bytes: Int) throws -> Trace {
      try fabric.trace(Question(from: "A", to: receiver, size: bytes - 28))
    }
    #expect(try trace(room).isAnswered)
    let lost = try trace(room + 1)
    #expect(lost.disposition == .fragmentationNeeded && lost.decision?.element == "hv1")
    let error = try #require(lost.reply)
    #expect("\(error.packet.source)" == "10.0.1.1" && error.delivered?.machine == "A")
    guard case .icmp(.fragmentationNeeded(let mtu, _)) = error.arrived?.transport else {
      Issue.record("no fragmentation needed")
      return
    }
    #expect(Int(mtu) == room)
  }

  @Test func `what may be divided is, and put together before it is unwrapped`() throws {
    for receiver in ["B", "X"] {
      let trace = try ContrailLab.article().trace(
        Question(from: "A", to: receiver, size: 1472, dontFragment: false))
      #expect(trace.isAnswered && trace.copies.count == 2)
      #expect(trace.copies.allSatisfy { $0.disposition == .reassembled })
      #expect(trace.arrived?.byteCount == 1500)
    }
  }

  @Test(arguments: [
    (UInt8(1), "X", Disposition.timeToLiveExceeded), (2, "X", .timeToLiveExceeded),
    (3, "X", .accepted), (1, "B", .accepted),
  ])
  func `a label's TTL is the packet's, and runs out without a word`(
    timeToLive: UInt8, receiver: String, disposition: Disposition
  ) throws {
    let question = Question(from: "A", to: receiver, timeToLive: timeToLive)
    let trace = try ContrailLab.article().trace(question)
    #expect(trace.disposition == disposition)
    // The vRouter of the sender tells, in the gateway's name; that of the receiver does not.
    if disposition == .timeToLiveExceeded {
      #expect(trace.replies.map { "\($0.packet.source)" } == (timeToLive == 1 ? ["10.0.1.1"] : []))
      #expect(trace.decision?.element == (timeToLive == 1 ? "hv1" : "hv3"))
    }
  }

  @Test func `a constant label, an old vRouter and one host do without`() throws {
    let question = Question(from: "A", to: "X", timeToLive: 2)
    let constant = try ContrailLab.article {
      $0.contrail.labelTimeToLive = SmallLab.written("constant")
    }
    #expect(try constant.trace(question).delivered?.timeToLive == 1)
    let old = try ContrailLab.article { $0.contrail.set("2013") }
    #expect(
      try old.trace(Question(from: "A", to: "X", timeToLive: 1)).delivered?.timeToLive == 1)
    let near = try ContrailLab.article { lab in
      lab.change("X") { $0.host = SmallLab.written("hv1") }
    }
    #expect(try near.trace(question).delivered?.timeToLive == 1)
  }

  @Test func `an IPv6 hop limit is kept between subnets, unless the setting says otherwise`() throws
  {
    #expect(try ContrailLab.small([.v6]).ping("A", "X").delivered?.timeToLive == 64)
    let decremented = try ContrailLab.small([.v6]) {
      $0.contrail.ipv6HopLimit = SmallLab.written("decremented")
    }
    #expect(try decremented.ping("A", "X").delivered?.timeToLive == 63)
  }

  @Test func `a broadcast goes to the subnet, and to no other`() throws {
    for encapsulation in ["MPLSoGRE", "VXLAN"] {
      let fabric = try ContrailLab.article {
        $0.contrail.encapsulation = SmallLab.written(encapsulation)
      }
      let trace = try fabric.ping("A", "255.255.255.255")
      #expect(Set(trace.copies.compactMap { $0.delivered?.machine }) == ["B", "C"])
    }
    let routed = try ContrailLab.article { $0.contrail.set("2014-11", "l3") }
    #expect(try routed.ping("A", "255.255.255.255").disposition == .notCarried)
  }
}
