import HNVCore
import Testing

@testable import HNVSim

/// A lab built in Swift is checked like one from a file, whatever its strings say.
struct LabBuilderFuzzTests {
  private static let words = [
    "A", "B", "GW", "MT", "site", "red", "203.0.113.3", "172.31.0.2", "198.51.100.77", "hv1", "hv2",
    "hv3", "front", "back", "blue", "net", "underlay", "", " ", "/",
    "10.0.1.11", "10.0.1.12", "10.0.2.250", "10.0.1.1", "10.0.1.0/24", "10.0.2.0/24", "10.0.0.0/8",
    "0.0.0.0/0", "::/0", "fd00::/64", "fd00::9", "::", "0.0.0.0", "255.255.255.255", "224.0.0.1",
    "10.0.1.11/24", "10.0.1.11/", "10.0.0.0/31", "10.0.0.0/32", "1s", "0ns",
    "99999999999999999999s", "18446744073s", "unreachable", "DENIED_OUT", "tcp/80", "udp", "\u{0}",
    "🎼", "a\nb", "-", "1-2", "65535-0",
  ]

  @Test(arguments: 0..<16 as Range<UInt64>)
  func `random strings are refused or run`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<8 {
      // Mostly sensible, so that many a lab gets through its check.
      let disorder = Int.random(in: 0...12, using: &random)
      let lab = Self.lab(disorder: disorder, &random)
      let run = LabRun(lab)
      for diagnostic in run.diagnostics {
        #expect(!diagnostic.explanation.isEmpty && !diagnostic.fix.isEmpty)
      }
      #expect(run.isRefused || run.results.count == lab.expectations.count)
      if let fabric = try? Fabric(lab) {
        for host in fabric.hosts { _ = try? (fabric.network as? HNVNetwork)?.router(of: host) }
        for from in ["A", "B", "GW", "MT", "site", Self.word(&random)] {
          _ = try? fabric.trace(from: from, to: Self.word(&random)).rendered(.everything)
        }
      }
    }
  }

  private static func word(_ random: inout SplitMix64) -> String {
    words.randomElement(using: &random) ?? ""
  }

  private static func lab(disorder: Int, _ random: inout SplitMix64) -> Lab {
    // One word of a hundred is replaced for each degree of disorder.
    func pick(_ usual: String, _ random: inout SplitMix64) -> String {
      Int.random(in: 0..<100, using: &random) < disorder ? word(&random) : usual
    }
    var lab = Lab(name: pick("fuzz", &random))
    lab.host(pick("hv1", &random))
    lab.host(pick("hv2", &random), pick("172.16.0.9", &random))
    let (front, back) = (pick("10.0.1.0/24", &random), pick("10.0.2.0/24", &random))
    let (to, via) = (pick("0.0.0.0/0", &random), pick("10.0.2.250", &random))
    lab.network(pick("blue", &random)) {
      $0.subnet("front", front)
      $0.subnet("back", back, "fd00::/64")
      $0.route(to: to, via: via)
    }
    lab.outside(
      pick("net", &random), link: pick("203.0.113.0/24", &random),
      addresses: [pick("198.51.100.10", &random)], reaches: [pick("0.0.0.0/0", &random)],
      latency: VirtualTime(nanoseconds: UInt64.random(in: 0...2_000, using: &random)))
    let (remote, ports) = (pick("10.0.0.0/8", &random), pick("80", &random))
    lab.machine(
      pick("A", &random), on: pick("hv1", &random), in: pick("front", &random),
      pick("10.0.1.11", &random), gateways: [pick("10.0.1.1", &random)]
    ) { $0.rule(.deny, .outbound, remote: remote, ipProtocol: .tcp, remotePorts: ports) }
    lab.machine(
      pick("B", &random), on: pick("hv2", &random), in: pick("front", &random),
      pick("10.0.1.12", &random))
    let (inside, outside) = (pick("10.0.2.250", &random), pick("203.0.113.2", &random))
    let (back2, guest) = (pick("back", &random), pick("10.0.2.1", &random))
    lab.gateway(pick("GW", &random), on: pick("hv2", &random)) {
      $0.interface(in: back2, inside)
      $0.interface(outside: "net", outside)
      $0.route(to: "10.0.1.0/24", via: guest)
      $0.route(to: "0.0.0.0/0", via: "203.0.113.1")
    }
    let (site, end, over) = (
      pick("site", &random), pick("198.51.100.77", &random), pick("net", &random)
    )
    lab.outside(
      site, link: pick("172.31.0.0/30", &random), addresses: [pick("192.168.5.10", &random)],
      tunnelTo: end, over: over)
    let (compartment, other) = (pick("red", &random), pick("red", &random))
    let (address, target) = (pick("203.0.113.3", &random), pick("10.0.1.12", &random))
    let isTranslating = Bool.random(using: &random)
    lab.gateway(pick("MT", &random), on: "hv1") {
      $0.interface(in: back2, "10.0.2.251", compartment: compartment)
      $0.interface(outside: "net", address, translates: isTranslating)
      if isTranslating { $0.publish(.tcp, 80, to: target, compartment: other) }
      $0.interface(outside: "site", "172.31.0.2", compartment: other)
      $0.route(to: "10.0.1.0/24", via: guest, compartment: other)
      $0.route(to: "192.168.5.0/24", via: "172.31.0.1", compartment: compartment)
      $0.route(to: "0.0.0.0/0", via: "203.0.113.1")
    }
    lab.expect(pick("A", &random), reaches: pick("B", &random))
    lab.expect(pick("A", &random), reaches: pick("net", &random), through: pick("GW", &random))
    lab.expect(
      pick("B", &random), doesNotReach: pick("10.0.9.9", &random),
      at: VirtualTime(nanoseconds: UInt64.random(in: 0...2_000_000_000, using: &random)))
    lab.withhold(record: pick("10.0.1.12", &random), from: pick("hv1", &random))
    return lab
  }
}
