import HNVCore
import HNVSim
import Testing

/// The first experiment, from its file and from Swift alike.
@Suite struct ArticleRoutingTests {
  enum Source: CaseIterable {
    case file, swift

    func fabric() throws(Diagnostics) -> Fabric {
      switch self {
      case .file: try LabFiles.fabric("complex-routing")
      case .swift: try Fabric(ArticleLab.lab)
      }
    }
  }

  /// The VMs and their subnets, as the article draws them.
  static let subnets = ["A": "front", "B": "front", "C": "front", "X": "back"]
  static let addresses = [
    "A": "10.0.1.11", "B": "10.0.1.12", "C": "10.0.1.13", "X": "10.1.2.11",
  ]

  @Test(arguments: Source.allCases)
  func `within a subnet the very frame that was sent arrives`(source: Source) throws {
    let fabric = try source.fabric()
    // C is on A's host, B is not.
    for (from, to) in [("A", "C"), ("A", "B"), ("B", "A"), ("C", "B"), ("C", "A")] {
      let trace = try fabric.trace(from: from, to: to)
      #expect(try #require(trace.sent).frame == #require(trace.delivered).frame)
      #expect(trace.delivered?.machine == to)
      #expect(trace.delivered?.timeToLive == 128)
      #expect(trace.isAnswered)
    }
  }

  @Test(arguments: Source.allCases)
  func `every pair of VMs arrives as its two subnets imply`(source: Source) throws {
    let fabric = try source.fabric()
    // A machine's own MAC is what it sends from.
    var macs: [String: MACAddress] = [:]
    for name in Self.subnets.keys {
      macs[name] = try fabric.trace(from: name, to: name == "A" ? "B" : "A").sent?.sourceMAC
    }
    for from in Self.subnets.keys {
      for to in Self.subnets.keys where to != from {
        let trace = try fabric.trace(from: from, to: to)
        let isRouted = Self.subnets[from] != Self.subnets[to]
        let sent = try #require(trace.sent)
        let delivered = try #require(trace.delivered)
        var expected = sent.frame
        expected.destination = try #require(macs[to])
        if isRouted, case .ip(var packet) = expected.payload {
          packet.timeToLive = 127
          expected.payload = .ip(packet)
        }
        #expect(delivered.frame == expected)
        #expect((sent.destinationMAC == macs[to]) == !isRouted)
        #expect(sent.sourceMAC == macs[from])
        #expect("\(delivered.source)" == Self.addresses[from])
        #expect("\(delivered.destination)" == Self.addresses[to])
        #expect(trace.through.isEmpty)
      }
    }
  }

  @Test(arguments: Source.allCases)
  func `B to X is routed by the host, and bears the virtual subnet of X`(source: Source) throws {
    let trace = try source.fabric().trace(from: "B", to: "X")
    #expect(trace.hops.map(\.element) == ["B", "hv2", "underlay", "hv3", "X"])
    // The third subnet of the network: 5001, 5002, 5003.
    let wrapped = trace.hops[1].steps.first { $0.action == .encapsulated }
    #expect(try #require(wrapped).detail.contains("VSID 5003,"))
    let unwrapped = trace.hops[3].steps.first { $0.action == .decapsulated }
    #expect(try #require(unwrapped).detail.contains("VSID 5003,"))
    let rewritten = trace.hops[1].steps.first { $0.action == .rewritten }
    #expect(rewritten?.changes.map(\.field) == [.destinationMAC, .timeToLive])
    #expect(rewritten?.changes.last?.after == "127")
  }

  @Test(arguments: Source.allCases, ["A", "B", "C", "X"])
  func `the outside is reached through the gateway, and answers`(
    source: Source, from: String
  ) throws {
    let trace = try source.fabric().trace(from: from, to: "internet")
    #expect(trace.disposition == .exitsNetwork)
    #expect(trace.through == ["GW"])
    #expect(trace.delivered?.machine == "internet")
    // One for the change of subnet, one for the gateway; and the same on the way back.
    #expect(trace.delivered?.timeToLive == 126)
    let reply = try #require(trace.reply)
    #expect(reply.disposition == .accepted)
    #expect(reply.through == ["GW"])
    #expect(reply.delivered?.machine == from)
    #expect(reply.delivered?.timeToLive == 126)
    #expect(reply.delivered.map { "\($0.source)" } == "198.51.100.10")
  }

  @Test(arguments: Source.allCases)
  func `an address behind the default route leaves by the article's fourth row`(
    source: Source
  ) throws {
    let trace = try source.fabric().trace(from: "A", to: "8.8.8.8")
    #expect(trace.disposition == .exitsNetwork)
    let routed = trace.hops[1].steps.first { $0.action == .routed }
    let match = try #require(routed?.lookup?.match)
    #expect(match.contains("0.0.0.0/0 via 10.0.2.250"))
  }

  @Test func `the lab written in Swift expects what its file expects, and holds`() {
    let run = LabRun(ArticleLab.lab)
    #expect(run.results.count == 5)
    #expect(run.isAsExpected)
    #expect(run.diagnostics.isEmpty)
  }
}
