import HNVCore
import Testing

@testable import HNVSim

/// The policy of ports from a lab to the trace.
@Suite struct PortPolicyTests {
  /// A may open connections to web servers, and nothing else may pass ("Create Security Policies
  /// with Extended Port Access Control Lists"); the state lives for two seconds.
  private static func webClient(_ lab: inout Lab) {
    lab.change("A") {
      $0.rule(
        .allow, .outbound, ipProtocol: .tcp, remotePorts: "80", stateful: true,
        idleTimeout: .seconds(2))
      $0.rule(.deny, .inbound)
      $0.rule(.deny, .outbound)
    }
  }

  private static let toB = Question(from: "A", to: "B", ipProtocol: .tcp)

  /// What B would send on the same connection.
  private static let toA = Question(
    from: "B", to: "A", ipProtocol: .tcp, sourcePort: 80, destinationPort: 49152)

  @Test(arguments: IPFamily.allCases)
  func `the answer to a stateful rule's packet passes a rule that denies`(
    family: IPFamily
  ) throws {
    let fabric = try SmallLab.fabric([family], Self.webClient)
    let trace = try fabric.trace(Self.toB)
    #expect(trace.isAnswered)
    let permitted = try #require(
      trace.reply?.hops.flatMap(\.steps).last { $0.action == .permitted })
    #expect(permitted.detail.hasPrefix("flow state tcp local"))
    let lookup = try #require(permitted.lookup)
    #expect(lookup.notChosen.map(\.entry) == ["rule 2 of A (deny inbound)"])
    #expect(lookup.notChosen[0].why.contains("precedence over extended rules"))
    #expect(try fabric.trace(Self.toA).disposition == .deniedIn)
  }

  @Test func `without the state the answer is denied`() throws {
    let fabric = try SmallLab.fabric { lab in
      Self.webClient(&lab)
      lab.change("A") {
        $0.interfaces[0].rules[0].isStateful = false
        $0.interfaces[0].rules[0].idleTimeout = nil
      }
    }
    let trace = try fabric.trace(Self.toB)
    #expect(trace.disposition == .accepted)
    #expect(trace.reply?.disposition == .deniedIn)
  }

  @Test func `the state is gone when nothing has passed for its idle time`() throws {
    var experiment = Experiment(try SmallLab.fabric([.v4], Self.webClient))
    try experiment.send(Self.toA)
    try experiment.send(Self.toB, at: .seconds(1))
    try experiment.send(Self.toA, at: .seconds(2))
    // B's packet and A's answer have renewed it.
    try experiment.send(Self.toA, at: VirtualTime(nanoseconds: 3_900_000_000))
    try experiment.send(Self.toA, at: .seconds(6))
    #expect(
      experiment.run().compactMap { $0.trace?.disposition }
        == [.deniedIn, .accepted, .accepted, .accepted, .deniedIn])
  }

  @Test func `a host that stops forgets its states`() throws {
    var experiment = Experiment(
      try SmallLab.fabric([.v4]) { lab in
        Self.webClient(&lab)
        lab.set("hostRestart", "policyKept")
      })
    try experiment.send(Self.toB)
    try experiment.stop("hv1", at: VirtualTime(nanoseconds: 500_000_000))
    try experiment.start("hv1", at: VirtualTime(nanoseconds: 600_000_000))
    try experiment.send(Self.toA, at: .seconds(1))
    #expect(
      experiment.run().compactMap { $0.trace?.disposition } == [.accepted, .deniedIn])
  }

  @Test func `the state stays at the host that the machine has left`() throws {
    var experiment = Experiment(try SmallLab.fabric([.v4], Self.webClient))
    try experiment.send(Self.toB)
    try experiment.move("A", to: "hv3", at: VirtualTime(nanoseconds: 500_000_000))
    try experiment.deliver(record: "10.0.1.11", at: VirtualTime(nanoseconds: 500_000_000))
    try experiment.send(Self.toA, at: .seconds(1))
    #expect(
      experiment.run().compactMap { $0.trace?.disposition } == [.accepted, .deniedIn])
  }

  @Test func `the cmdlets' words say the same`() throws {
    let lab = try Self.read(
      """
      extendedRules: [
        { action: "Deny", direction: "Inbound", weight: 1 },
        { action: "Deny", direction: "Outbound", weight: 1, remoteIPAddress: "ANY" },
        { action: "Allow", direction: "Outbound", remotePort: "80", protocol: "TCP", weight: 100,
          stateful: true, idleSessionTimeout: 3600, isolationID: 5001 },
      ]
      """)
    let fabric = try Fabric(lab)
    let network = try #require(fabric.network as? HNVNetwork)
    let port = try #require(try network.router(of: "hv1").ports.first { $0.vmName == "A" })
    #expect(
      port.accessRules == [
        AccessRule(
          name: "extended rule 1 of A", action: .deny, direction: .inbound, weight: 1),
        AccessRule(
          name: "extended rule 2 of A", action: .deny, direction: .outbound, weight: 1),
        AccessRule(
          name: "extended rule 3 of A", action: .allow, direction: .outbound, ipProtocol: .tcp,
          remotePorts: 80...80, weight: 100, isStateful: true, idleSessionTimeout: 3600,
          isolationID: try VirtualSubnetID(5001)),
      ])
    #expect(try fabric.trace(Self.toB).isAnswered)
    #expect(try fabric.trace(from: "A", to: "B").disposition == .deniedOut)
  }

  @Test func `switches and basic rules come to the port`() throws {
    let lab = try Self.read(
      """
      macAddressSpoofing: "On", dhcpGuard: "On", routerGuard: "On",
      basicRules: [
        { action: "Deny", direction: "Both", remoteIPAddress: "ANY" },
        { action: "Allow", direction: "Outbound", remoteIPAddress: "10.0.1.12" },
        { action: "Allow", direction: "Inbound", localMacAddress: "00-15-5D-00-00-01" },
        { action: "Meter", direction: "Outbound", remoteIPAddress: "10.0.0.0/8" },
      ]
      """)
    let network = try #require(try Fabric(lab).network as? HNVNetwork)
    let port = try network.router(of: "hv1").ports[0]
    #expect(port.allowsMACSpoofing && port.dhcpGuard && port.routerGuard)
    let b = IPPrefix(host: try IPAddress(parsing: "10.0.1.12"))
    #expect(
      port.basicRules == [
        BasicAccessRule(.deny, .inbound, .remote, .anyIP),
        BasicAccessRule(.deny, .outbound, .remote, .anyIP),
        BasicAccessRule(.allow, .outbound, .remote, .ip(b)),
        BasicAccessRule(.allow, .inbound, .local, .mac(MACAddress(bits: 0x0015_5D00_0001))),
        BasicAccessRule(.meter, .outbound, .remote, .ip(try IPPrefix(parsing: "10.0.0.0/8"))),
      ])
  }

  @Test func `a trace names the rule that decided, those behind it and the meter`() throws {
    let lab = try Self.read(
      """
      basicRules: [
        { action: "Deny", direction: "Outbound", remoteIPAddress: "ANY" },
        { action: "Allow", direction: "Outbound", remoteIPAddress: "10.0.1.0/24" },
        { action: "Meter", direction: "Outbound", remoteIPAddress: "10.0.0.0/8" },
      ],
      extendedRules: [
        { action: "Deny", direction: "Outbound", weight: 1, protocol: "udp" },
        { action: "Allow", direction: "Outbound", weight: 9, protocol: "UDP", remotePort: "53" },
      ]
      """)
    let fabric = try Fabric(lab)
    let dns = try fabric.trace(Question(from: "A", to: "B", ipProtocol: .udp))
    let step = try #require(dns.hops[1].steps.first)
    #expect(
      step.detail
        == "extended rule 2 of A (allow outbound udp remote port 53) allows the packet; metered"
        + " by basic rule 3 of A (meter outbound remote 10.0.0.0/8)")
    #expect(step.setting == "accessLists=bothMustAllow")
    let notChosen = try #require(step.lookup).notChosen
    #expect(
      notChosen.map(\.entry) == [
        "extended rule 1 of A (deny outbound udp)",
        "basic rule 2 of A (allow outbound remote 10.0.1.0/24)",
        "basic rule 1 of A (deny outbound remote any IP address)",
      ])
    #expect(
      notChosen.map(\.why) == [
        "its weight 1 is lower", "it also allows the packet",
        "a more specific basic rule takes precedence, as does an equal one that denies",
      ])
    let away = try #require(try fabric.trace(from: "A", to: "X").decision).step
    #expect(
      away.detail == "basic rule 1 of A (deny outbound remote any IP address) denies the packet")
    #expect(try #require(away.fix).contains("longer prefix"))
  }

  @Test func `guards and the MAC check say how to turn them off`() throws {
    let spoofed = try #require(try DispositionExamples.trace(endingIn: .spoofedMAC)?.decision)
    #expect(spoofed.element == "hv1")
    #expect(try #require(spoofed.step.fix).contains("MacAddressSpoofing"))
    let guarded = try #require(try DispositionExamples.trace(endingIn: .guarded)?.decision)
    #expect(
      guarded.step.detail == "DhcpGuard on the port of A drops messages that only a DHCP"
        + " server sends")
    #expect(try #require(guarded.step.fix).contains("turn off DhcpGuard"))
  }

  @Test func `a client passes the DHCP guard`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.hnv.ports = [
        HNVSection.Port(machine: SmallLab.written("A"), dhcpGuard: SmallLab.written("On"))
      ]
    }
    let client = Question(
      from: "A", to: "B", ipProtocol: .udp, sourcePort: 68, destinationPort: 67)
    #expect(try fabric.trace(client).disposition == .accepted)
    // B's answer comes from port 67, and B's port has no guard.
    #expect(try fabric.trace(client).isAnswered)
  }

  @Test func `port policy moves with the machine`() throws {
    var experiment = Experiment(
      try SmallLab.fabric { lab in
        lab.hnv.ports = [
          HNVSection.Port(
            machine: SmallLab.written("A"),
            basicRules: [
              HNVSection.BasicRule(
                action: SmallLab.written("Deny"), direction: SmallLab.written("Outbound"),
                remoteIPAddress: SmallLab.written("10.0.1.12"))
            ])
        ]
      })
    try experiment.move("A", to: "hv3", at: .zero)
    try experiment.deliver(record: "10.0.1.11", at: .zero)
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(1))
    try experiment.send(Question(from: "A", to: "X"), at: .seconds(1))
    #expect(
      experiment.run().compactMap { $0.trace?.disposition } == [.deniedOut, .accepted])
  }

  @Test func `numbers from Swift stay within what the cmdlets take`() throws {
    let lab = SmallLab.lab { lab in
      lab.hnv.ports = [
        HNVSection.Port(
          machine: SmallLab.written("A"), interface: .max,
          extendedRules: []),
        HNVSection.Port(
          machine: SmallLab.written("B"),
          extendedRules: [
            HNVSection.ExtendedRule(
              action: SmallLab.written("Allow"), direction: SmallLab.written("Inbound"),
              weight: 65536, idleSessionTimeout: .max)
          ]),
      ]
    }
    let diagnostics = Fabric.check(lab)
    #expect(diagnostics.map(\.rule) == [.numberOutOfRange, .numberOutOfRange, .numberOutOfRange])
    #expect(diagnostics.map(\.value) == ["\(UInt64.max)", "65536", "\(UInt64.max)"])
  }

  /// The small lab as a file, with a port for A.
  private static func read(_ port: String) throws(Diagnostics) -> Lab {
    let text = """
      { name: "ports", hosts: [{ name: "hv1" }, { name: "hv2" }],
        networks: [{ name: "blue", subnets: [
          { name: "front", prefixes: ["10.0.1.0/24"] }, { name: "back", prefixes: ["10.1.2.0/24"] },
        ] }],
        machines: [
          { name: "A", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.11"] }] },
          { name: "B", host: "hv2", interfaces: [{ subnet: "front", addresses: ["10.0.1.12"] }] },
          { name: "X", host: "hv2", interfaces: [{ subnet: "back", addresses: ["10.1.2.11"] }] },
        ],
        hnv: { ports: [{ machine: "A", interface: 0, \(port) }] } }
      """
    return try Lab.read(Array(text.utf8), named: "ports.json5")
  }
}
