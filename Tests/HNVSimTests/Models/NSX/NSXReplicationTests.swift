import HNVCore
import Testing

@testable import HNVSim

/// Frames for many, in an underlay of two racks with two hosts each.
@Suite struct NSXReplicationTests {
  private func fabric(_ change: (inout Lab) -> Void) throws(Diagnostics) -> Fabric {
    let racks = RackLab()
    let lab = racks.lab { lab in
      lab.host("hv4", racks.rack(2, 14))
      lab.machine("D", on: "hv4", in: "front", "10.0.1.14", "fd00:1::14")
      change(&lab)
    }
    return try Fabric(lab, under: NSXModel())
  }

  @Test(arguments: [
    (
      "unicast",
      ["172.16.1.11 172.16.1.12", "172.16.1.11 172.16.2.13", "172.16.2.13 172.16.2.14"]
    ),
    (
      "hybrid",
      ["172.16.1.11 239.0.19.137", "172.16.1.11 172.16.2.13", "172.16.2.13 239.0.19.137"]
    ),
    ("multicast", ["172.16.1.11 239.0.19.137"]),
  ])
  func `a proxy in each other rack makes the copies there`(
    mode: String, tunnels: [String]
  ) throws {
    let tap = Wiretap(try fabric { $0.nsx.replication = SmallLab.written(mode) })
    // Nobody has the address: only the question is on its way.
    try tap.run(Question(from: "A", to: "10.0.1.99"))
    #expect(tap.tunnels == Set(tunnels))
  }

  @Test(arguments: ["unicast", "hybrid"])
  func `everyone hears a question once, whichever way it comes`(mode: String) throws {
    let fabric = try fabric { lab in
      lab.nsx.replication = SmallLab.written(mode)
      lab.nsx.arpSuppression = SmallLab.written("off")
    }
    for receiver in ["B", "C", "D"] {
      let trace = try fabric.ping("A", receiver)
      #expect(trace.isAnswered && trace.resolution.first?.answeredBy == receiver)
    }
    let everyone = try fabric.trace(Question(from: "A", to: "224.0.0.1"))
    #expect(everyone.endings.filter { $0.value == .accepted }.keys.sorted() == ["B", "C", "D"])
  }

  @Test func `routers of the underlay pass no groups on, so multicast ends at the rack`() throws {
    let fabric = try fabric { lab in
      lab.nsx.replication = SmallLab.written("multicast")
      lab.nsx.arpSuppression = SmallLab.written("off")
    }
    #expect(try fabric.ping("A", "B").isAnswered)
    #expect(try fabric.ping("A", "D").disposition == .neighborUnreachable)
  }

  @Test(arguments: ["rejected", "accepted"])
  func `a frame to a MAC address that no port has is for promiscuous ports`(mode: String) throws {
    let tap = Wiretap(
      try fabric {
        $0.machine("E", on: "hv1", in: "front", "10.0.1.15")
        $0.nsx.promiscuousMode = SmallLab.written(mode)
      })
    let frame = EthernetFrame(
      destination: MACAddress(bits: 0x0000_5E00_0101),
      source: tap.intent.machines[0].interfaces[0].macAddress,
      payload: .other(etherType: 0x88b5, data: []))
    let result = tap.inject(frame, on: .adapter(machine: 0, index: 0), from: .machine(0))
    #expect(result.disposition == .replicated)
    let words = result.steps.last?.detail ?? ""
    #expect(words.contains("hv2") && words.contains("E,") == (mode == "accepted"))
  }
}
