import HNVCore
import Testing

@testable import HNVSim

/// For every disposition, a network that brings it about; the compiler sees that none is left out.
enum DispositionExamples {
  /// `nil` for what only address resolution comes to.
  static func trace(endingIn disposition: Disposition) throws -> Trace? {
    switch disposition.class {
    case .success: try success(disposition)
    case .failure: try policyFailure(disposition) ?? guestFailure(disposition)
    case .analysis: try analysis(disposition)
    }
  }

  private static func success(_ disposition: Disposition) throws -> Trace? {
    switch disposition {
    case .accepted: try trace("A", "B")
    case .exitsNetwork: try trace("A", "internet") { $0.addGateway() }
    default: nil
    }
  }

  /// What hosts lose by the policy they hold.
  private static func policyFailure(_ disposition: Disposition) throws -> Trace? {
    switch disposition {
    case .deniedOut: try trace("A", "B") { $0.change("A") { $0.rule(.deny, .outbound) } }
    case .deniedIn: try trace("A", "B") { $0.change("B") { $0.rule(.deny, .inbound) } }
    case .spoofedMAC: try injectedFromA { $0.source = MACAddress(bits: 0x0200_0000_0099) }
    case .guarded:
      try trace(Question(from: "A", to: "B", ipProtocol: .udp, sourcePort: 67)) { lab in
        lab.hnv.ports = [HNVSection.Port(machine: written("A"), dhcpGuard: written("On"))]
      }
    case .noRoute: try trace("A", "8.8.8.8")
    case .noRecord: try trace("A", "X") { $0.withhold(record: "10.1.2.11", from: "hv1") }
    case .noPolicy: try trace("A", "B") { $0.withhold(record: "10.0.1.12", from: "hv2") }
    case .invalidSource:
      try injectedFromA { frame in
        guard let packet = frame.packet else { return }
        frame.payload = .ip(
          packet.replacing(
            source: .v4(IPv4Address(10, 0, 1, 99)), destination: packet.destination,
            transport: packet.transport) ?? packet)
      }
    case .unknownSource: try trace("A", "B") { $0.withhold(record: "10.0.1.11", from: "hv2") }
    case .noReceivers: try trace("X", "255.255.255.255")
    case .gatewayAddress: try trace("A", "10.0.1.1")
    case .foreignMAC:
      try trace("A", "B") { lab in
        // A takes B for a machine behind its gateway.
        lab.change("A") { $0.interfaces[0].addresses = [SmallLab.written("10.0.1.2/29")] }
        lab.hnv.settings = [
          HNVSection.Named(SmallLab.written("foreignMAC"), SmallLab.written("dropped"))
        ]
      }
    case .noPort:
      try trace("A", "B", after: .move(machine: written("B"), to: written("hv3")))
    case .providerUnreachable:
      try trace("A", "B", after: .move(machine: written("A"), to: written("hv3")))
    case .elementDown: try trace("A", "B", after: .stop(written("B")))
    // Once hv1 knows hv2: before that, its question is what is lost.
    case .linkDown:
      try trace("A", "B", after: .cut(written("hv2"), written("underlay")), isFirst: false)
    default: nil
    }
  }

  /// What comes of guests, and of frames.
  private static func guestFailure(_ disposition: Disposition) throws -> Trace? {
    switch disposition {
    case .neighborUnreachable: try trace("A", "10.0.1.99")
    case .wrongMachine:
      try trace("B", "Z") { lab in
        lab.network("red") { $0.subnet("scarlet", "10.0.1.0/24") }
        lab.machine("Z", on: "hv1", in: "scarlet", "10.0.1.11")
      }
    case .notForwarding:
      try trace("A", "8.8.8.8") { $0.networks[0].route(to: "0.0.0.0/0", via: "10.1.2.11") }
    case .noTranslation:
      try trace("internet", "203.0.113.2") { lab in
        lab.addGateway()
        lab.change("GW") { $0.interfaces[1].translates = true }
      }
    case .timeToLiveExceeded: try trace(Question(from: "A", to: "X", timeToLive: 1))
    case .loop: try trace("A", "8.8.8.8") { $0.addGateway(default: "10.0.2.1") }
    case .exceedsMTU: try trace(Question(from: "A", to: "B", size: 1472))
    case .underlayMTU:
      try trace(Question(from: "A", to: "B", size: 1472)) { $0.change("A") { $0.mtu = 1500 } }
    case .fragmentationNeeded:
      try trace(Question(from: "internet", to: "X", size: 1472)) { $0.addGateway() }
    case .fragmentsMissing:
      try injected { $0.change { $0.moreFragments = true } }
    case .protocolUnreachable:
      try injected { frame in
        frame.change { $0.transport = .other(IPProtocol(number: 89), data: [1, 2, 3, 4]) }
      }
    case .portClosed:
      try trace(Question(from: "A", to: "B", ipProtocol: .tcp)) { $0.change("B") { $0.open = [] } }
    case .notAddressed:
      try injected { $0.destination = MACAddress(bits: 0x0200_0000_0099) }
    case .notCarried: try injected { $0.payload = .other(etherType: 0x86FF, data: []) }
    default: nil
    }
  }

  private static func analysis(_ disposition: Disposition) throws -> Trace? {
    switch disposition {
    case .notModelled: try trace("A", "B") { $0.hosts[1].address = written("2001:db8::2") }
    case .gaveUp: try bounced()
    default: nil
    }
  }

  private static func written(_ text: String) -> Written { SmallLab.written(text) }

  private static func trace(
    _ from: String, _ to: String, _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Trace { try trace(Question(from: from, to: to), change) }

  private static func trace(
    _ question: Question, _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Trace { try SmallLab.fabric([.v4], change).trace(question) }

  private static func trace(
    _ from: String, _ to: String, after action: Lab.Event.Action, isFirst: Bool = true
  ) throws -> Trace? {
    let fabric = try SmallLab.fabric { $0.timeline = [Lab.Event(at: written("500ms"), action)] }
    var experiment = Experiment(timelineOf: fabric)
    if !isFirst { try experiment.send(Question(from: from, to: to)) }
    try experiment.send(Question(from: from, to: to), at: .seconds(1))
    return experiment.run().last?.trace
  }

  /// A frame that no guest sends, on the cable to B.
  private static func injected(_ change: (inout EthernetFrame) -> Void) throws -> Trace {
    let fabric = try SmallLab.fabric()
    var frame = try #require(try fabric.trace(from: "A", to: "B").delivered).frame
    change(&frame)
    return run(frame, from: .host(1), to: 1, on: fabric.network)
  }

  /// A frame that no guest sends, on the cable from A.
  private static func injectedFromA(_ change: (inout EthernetFrame) -> Void) throws -> Trace {
    let fabric = try SmallLab.fabric()
    var frame = try #require(try fabric.trace(from: "A", to: "B").sent).frame
    change(&frame)
    return run(frame, from: .machine(0), to: 0, on: fabric.network)
  }

  /// A frame between elements that throw it back for ever.
  private static func bounced() throws -> Trace {
    let fabric = try SmallLab.fabric()
    let frame = try #require(try fabric.trace(from: "A", to: "B").sent).frame
    return run(frame, from: .machine(0), to: 0, on: Bounce(network: fabric.network))
  }

  private static func run(
    _ frame: EthernetFrame, from element: ElementID, to machine: Int, on network: any ModelNetwork
  ) -> Trace {
    let simulation = Simulation(network, keepingSteps: true)
    let nowhere = IPAddress.v4(IPv4Address(bits: 0))
    let number = simulation.begin(
      .request, of: PacketSummary(source: nowhere, destination: nowhere, text: "injected"),
      at: element
    ) { $0.emit(frame, on: .adapter(machine: machine, index: 0)) }
    simulation.run()
    return Trace(number, of: simulation.log)
  }
}

extension EthernetFrame {
  /// Changes the IPv4 packet inside.
  fileprivate mutating func change(_ change: (inout IPv4Packet) -> Void) {
    guard case .ip(.v4(var packet)) = payload else { return }
    change(&packet)
    if packet.fragment != nil {
      let bytes = IPPacket.v4(packet).wireBytes.dropFirst(IPv4Packet.headerByteCount)
      packet.transport = .other(packet.transport.ipProtocol, data: Array(bytes))
    }
    payload = .ip(.v4(packet))
  }
}
