import HNVCore
import Testing

@testable import HNVSim

/// What hosts put on the underlay beside tunnel packets to one another.
@Suite struct UntunnelledTests {
  private func form(
    _ machine: String, _ rule: String, _ provider: String? = nil, usesVMMACAddress: Bool = false
  ) -> HNVSection.RecordForm {
    HNVSection.RecordForm(
      machine: SmallLab.written(machine), rule: SmallLab.written(rule),
      providerAddress: provider.map { SmallLab.written($0) }, usesVMMACAddress: usesVMMACAddress)
  }

  private func mac(of machine: Int, in fabric: Fabric) -> MACAddress {
    fabric.network.intent.machines[machine].interfaces[0].macAddress
  }

  /// New-NetVirtualizationLookupRecord, -Rule TranslationMethodNat and -UseVmMACAddress.
  @Test func `under Nat the provider addresses of the machines are what the underlay sees`() throws
  {
    let fabric = try SmallLab.fabric { lab in
      lab.hnv.recordsOf = [
        form("A", "Nat", "172.16.0.101"),
        form("B", "Nat", "172.16.0.102", usesVMMACAddress: true),
      ]
    }
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.isAnswered)
    let asked = try #require(trace.resolution.first { $0.machine == "hv1" })
    #expect("\(asked.target)" == "172.16.0.102")
    #expect(asked.answer == mac(of: 1, in: fabric))
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    #expect(
      tap.log.packets.map { "\($0.source) to \($0.destination)" } == [
        "172.16.0.101 to 172.16.0.102", "172.16.0.102 to 172.16.0.101",
      ])
    #expect(tap.log.packets.allSatisfy { $0.row.tunnelHeader == nil })
  }

  @Test func `under None packets cross as they are, to the MAC address of the record's host`()
    throws
  {
    let fabric = try SmallLab.fabric { lab in
      lab.set("untranslated", "plain")
      lab.hnv.recordsOf = [form("A", "None"), form("B", "None")]
    }
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    #expect(
      tap.log.packets.map { "\($0.source) to \($0.destination)" } == [
        "10.0.1.11 to 10.0.1.12", "10.0.1.12 to 10.0.1.11",
      ])
    // Asked for by provider address; hv1 and hv2 are the first two hosts.
    let frames = tap.log.frames.filter { $0.packet != nil }
    #expect(frames.map(\.destination) == [.adapter(ofHost: 1), .adapter(ofHost: 0)])
  }

  /// Set-VMNetworkAdapter, -VirtualSubnetId 0: HNV ignores the port.
  @Test func `machines without a virtual subnet meet on the underlay itself`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.hnv.virtualSubnets = [
        HNVSection.Named(SmallLab.written("front"), SmallLab.written("0"))
      ]
    }
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.isAnswered)
    #expect(trace.hops.map(\.element) == ["A", "hv1", "underlay", "hv2", "B"])
    // B answers for itself.
    #expect(trace.resolution.first?.answeredBy == "B")
    #expect(try #require(trace.sent).frame == #require(trace.delivered).frame)
  }

  /// ipSpace, December 2013: one packet goes to the provider group that a record maps.
  @Test(arguments: [("hv2", true), ("hv4", false)])
  func `a provider group reaches the hosts that joined it, by one packet`(
    host: String, isListening: Bool
  ) throws {
    let fabric = try RackLab().fabric { lab in
      // hv4 is in A's rack and has no machine of the subnet; hv3 is behind routers.
      lab.host("hv4", "172.16.1.14")
      lab.network("red") { $0.subnet("scarlet", "10.9.0.0/24") }
      lab.machine("R", on: "hv4", in: "scarlet", "10.9.0.14")
      for name in ["B", "C"] { lab.change(name) { $0.groups = [RackLab.written("239.1.1.1")] } }
      lab.hnv.records = [
        HNVSection.Record(
          customerAddress: RackLab.written("239.1.1.1"), subnet: RackLab.written("front"),
          macAddress: RackLab.written("01005E010101"),
          providerAddress: RackLab.written("239.9.9.9"))
      ]
    }
    let trace = try fabric.trace(Question(from: "A", to: "239.1.1.1", ipProtocol: .udp))
    let hosts = elements(of: trace)
    #expect(hosts.contains(host) == isListening)
    // Routers of the underlay forward no groups.
    #expect(!hosts.contains("hv3") && !hosts.contains("tor1"))
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "239.1.1.1", ipProtocol: .udp))
    #expect(tap.log.packets.map { "\($0.destination)" } == ["239.9.9.9"])
    #expect(tap.log.frames.count == 1)
    #expect(tap.log.frames.first?.destination == MACAddress(bits: 0x0100_5E09_0909))
  }

  /// Where a packet and its copies came.
  private func elements(of trace: Trace) -> Set<String> {
    trace.copies.reduce(into: Set(trace.hops.map(\.element))) { $0.formUnion(elements(of: $1)) }
  }
}
