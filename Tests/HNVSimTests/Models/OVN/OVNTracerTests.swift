import Foundation
import HNVCore
import Testing

/// OVN's tracer says of a small network what OVN's manuals say.
///
/// The whole suite is skipped where OVN is not installed; `.ci/run` installs it.
@Suite(.serialized, .enabled(if: OVNTracer.isInstalled, "skipped: ovn-central is not installed"))
struct OVNTracerTests {
  private let network: OVNTestNetwork

  init() throws {
    var network = OVNTestNetwork(number: 1)
    for net in 0..<2 {
      network.switches.append(
        OVNTestNetwork.Switch(
          prefix: try IPPrefix(parsing: "10.0.\(net).0/24"),
          routerAddress: IPv4Address(10, 0, UInt8(net), 1),
          routerMAC: MACAddress(bits: 0x0200_0000_0000 | UInt64(net))))
    }
    for (net, place) in [(0, 10), (0, 11), (0, 250), (1, 10)] {
      network.ports.append(
        OVNTestNetwork.Port(
          onSwitch: net, address: IPv4Address(10, 0, UInt8(net), UInt8(place)),
          macAddress: MACAddress(bits: 0x02aa_0000_0000 | UInt64(net << 8 | place))))
    }
    network.routes = [
      OVNTestNetwork.Route(prefix: .everything(.v4), nextHop: network.ports[2].address)
    ]
    network.accessRules = [
      OVNTestNetwork.AccessRule(
        onSwitch: 1, direction: .entering, priority: 7, ipProtocol: .udp, verdict: .drop)
    ]
    self.network = network
  }

  @Test func `delivery, routing, expiry, hairpin, filter and ARP`() throws {
    let (a, b, gateway, x) = (
      network.ports[0], network.ports[1], network.ports[2], network.ports[3]
    )
    let router = network.switches.map(\.routerMAC)
    let outside = IPv4Address(198, 51, 100, 1)
    try OVNTracer.run(network.commands) { tracer in
      func ask(_ mac: MACAddress, _ content: OVNQuestion.Content) throws -> OVNVerdict {
        let question = OVNQuestion(port: 0, destinationMAC: mac, content: content)
        let flow = question.microflow(in: network)
        return try tracer.verdict(flow.datapath, flow.expression)
      }
      func ip(
        _ mac: MACAddress, _ target: IPv4Address, _ timeToLive: UInt8, _ number: IPProtocol = .tcp
      ) throws -> OVNVerdict {
        try ask(mac, .ip(to: target, number, timeToLive: timeToLive))
      }
      func arrival(
        _ port: Int, _ source: MACAddress, _ timeToLive: UInt8, to target: IPv4Address
      ) -> OVNVerdict {
        let packet = OVNPacket(
          source: source, destination: network.ports[port].macAddress,
          ip: OVNPacket.IP(source: a.address, destination: target, timeToLive: timeToLive))
        return OVNVerdict(outputs: [
          OVNVerdict.Output(port: network.portName(port), cause: .packet, packet: packet)
        ])
      }
      // Within a switch nothing changes, not even a TTL of 0; a router takes one off.
      #expect(try ip(b.macAddress, b.address, 64) == arrival(1, a.macAddress, 64, to: b.address))
      #expect(try ip(b.macAddress, b.address, 0) == arrival(1, a.macAddress, 0, to: b.address))
      #expect(try ip(router[0], x.address, 64) == arrival(3, router[1], 63, to: x.address))
      #expect(try ip(router[0], x.address, 2) == arrival(3, router[1], 1, to: x.address))
      // Back out of the switch that it came from, and nothing tells the sender.
      #expect(try ip(router[0], outside, 64) == arrival(2, router[0], 63, to: outside))
      // A rule without a port holds for what the router sends into the switch.
      #expect(try ip(router[0], x.address, 64, .udp).isDropped)
      #expect(
        try ip(gateway.macAddress, x.address, 64) == arrival(2, a.macAddress, 64, to: x.address))
      for timeToLive: UInt8 in [0, 1] {
        let verdict = try ip(router[0], x.address, timeToLive)
        let output = try #require(verdict.outputs.first)
        #expect(verdict.outputs.count == 1 && output.cause == .icmp4)
        #expect(output.port == network.portName(0))
        #expect(output.packet.source == router[0] && output.packet.destination == a.macAddress)
        #expect(
          output.packet.ip
            == OVNPacket.IP(
              source: network.switches[0].routerAddress, destination: a.address, timeToLive: 254))
        #expect(output.packet.icmp == OVNPacket.ICMP(type: 11, code: 0))
      }
      for (target, mac) in [
        (b.address, b.macAddress), (network.switches[0].routerAddress, router[0]),
      ] {
        let answer = OVNPacket.ARP(
          operation: 2, senderMAC: mac, sender: target, targetMAC: a.macAddress, target: a.address)
        let packet = OVNPacket(source: mac, destination: a.macAddress, arp: answer)
        #expect(
          try ask(.broadcast, .arp(for: target)).outputs
            == [OVNVerdict.Output(port: network.portName(0), cause: .packet, packet: packet)])
      }
    }
  }

  @Test func `a command that OVN refuses is an error, and leaves nothing behind`() throws {
    // Tests beside this one make folders of their own in the usual place.
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("refused-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    #expect(throws: OVNTracer.Failure.self) {
      try OVNTracer.run([["ls-add", "s0"], ["ls-add", "s0"]], in: place) { _ in }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).isEmpty)
  }

  /// What holds under any forwarding model, for packets of every kind: isolation between networks,
  /// and nothing changed where no router takes part.
  @Test func `many networks in one database`() throws {
    var random = SplitMix64(seed: 20)
    let networks = (0..<40).map { OVNTestNetwork($0, &random) }
    try OVNTracer.run(networks.flatMap(\.commands)) { tracer in
      for network in networks {
        for _ in 0..<10 {
          guard let question = network.question(&random) else { continue }
          let flow = question.microflow(in: network)
          let answer = try tracer.answer(flow.datapath, flow.expression)
          let entered = try #require(answer.split(separator: "\n").first.flatMap(OVNPacket.init))
          for output in try OVNVerdict(parsing: answer).outputs {
            let port = try #require(network.port(named: output.port), "\(answer)")
            if network.ports.contains(where: { $0.macAddress == question.destinationMAC }) {
              #expect(output.packet == entered, "\(answer)")
              #expect(network.ports[port].macAddress == question.destinationMAC, "\(answer)")
            }
          }
        }
      }
    }
  }
}
