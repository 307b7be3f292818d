import HNVCore

/// A port with random rules over a few addresses and ports, and what should pass it.
///
/// The expectations come from the rules' own words, one after the other; no filter is asked.
struct RandomPort {
  let port: VMPort
  var settings = Settings()

  private static let own = MACAddress(bits: 0x0a)
  private static let macs = [0x0a, 0x0b, 0x0c].map { MACAddress(bits: $0) }

  /// 10.0.0.0 to 10.0.0.7.
  private static func address(_ random: inout SplitMix64) -> IPAddress {
    .v4(IPv4Address(10, 0, 0, UInt8.random(in: 0...7, using: &random)))
  }

  init(_ random: inout SplitMix64) {
    settings.accessLists = Bool.random(using: &random) ? .bothMustAllow : .extendedFirst
    settings.neighborFiltering = .filtered
    var entries: [BasicAccessRule] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) { entries.append(Self.entry(&random)) }
    var rules: [AccessRule] = []
    for weight in 0..<UInt16.random(in: 0...6, using: &random) {
      rules.append(Self.rule(weight, &random))
    }
    port = VMPort(
      vmName: "A", macAddress: Self.own, virtualSubnetID: nil,
      accessRules: rules.shuffled(using: &random), basicRules: entries)
  }

  private static func entry(_ random: inout SplitMix64) -> BasicAccessRule {
    let addresses: [BasicAccessRule.Addresses] = [
      prefix(&random).map { .ip($0) } ?? .anyIP, .anyIP, .anyMAC,
      .mac(macs[Int.random(in: 0..<macs.count, using: &random)]),
      prefix(&random).map { .ip($0) } ?? .anyIP,
    ]
    return BasicAccessRule(
      BasicAccessRule.Action.allCases.randomElement(using: &random) ?? .allow,
      Bool.random(using: &random) ? .inbound : .outbound,
      Bool.random(using: &random) ? .local : .remote,
      addresses.randomElement(using: &random) ?? .anyIP)
  }

  private static func prefix(_ random: inout SplitMix64) -> IPPrefix? {
    IPPrefix(containing: address(&random), length: Int.random(in: 29...32, using: &random))
  }

  private static func rule(_ weight: UInt16, _ random: inout SplitMix64) -> AccessRule {
    let isAllowing = random.hits(2, in: 3)
    let hasPorts = random.hits(1, in: 3)
    return AccessRule(
      name: "\(weight)", action: isAllowing ? .allow : .deny,
      direction: Bool.random(using: &random) ? .inbound : .outbound,
      localPrefix: random.hits(1, in: 3) ? prefix(&random) : nil,
      remotePrefix: random.hits(1, in: 2) ? prefix(&random) : nil,
      ipProtocol: hasPorts ? .udp : nil,
      localPorts: hasPorts && Bool.random(using: &random) ? 1...1 : nil,
      remotePorts: hasPorts && Bool.random(using: &random) ? 1...2 : nil, weight: weight,
      isStateful: isAllowing && random.hits(1, in: 2),
      idleSessionTimeout: UInt16.random(in: 0...40, using: &random))
  }

  /// UDP, TCP, ICMP or ARP between the few addresses, ports and MAC addresses there are.
  func frame(_ random: inout SplitMix64) -> EthernetFrame {
    let (source, destination) = (Self.address(&random), Self.address(&random))
    let ports = (
      UInt16.random(in: 1...3, using: &random), UInt16.random(in: 1...3, using: &random)
    )
    let macs = (
      Self.macs.randomElement(using: &random) ?? Self.own,
      Self.macs.randomElement(using: &random) ?? Self.own
    )
    let transports: [Transport] = [
      .udp(UDPDatagram(sourcePort: ports.0, destinationPort: ports.1)),
      .tcp(
        TCPSegment(sourcePort: ports.0, destinationPort: ports.1, sequence: 0, flags: .syn)),
      .icmp(.echoRequest(identifier: ports.0, sequence: ports.1, data: [])),
      .icmp(.echoReply(identifier: ports.0, sequence: ports.1, data: [])),
    ]
    let transport = transports[Int.random(in: 0..<4, using: &random)]
    guard case (.v4(let from), .v4(let to)) = (source, destination), !random.hits(1, in: 12) else {
      return EthernetFrame(
        destination: macs.0, source: macs.1, payload: .other(etherType: 0x8847, data: []))
    }
    return EthernetFrame(
      destination: macs.0, source: macs.1,
      payload: .ip(
        .v4(IPv4Packet(source: from, destination: to, timeToLive: 9, transport: transport))))
  }
}

extension RandomPort {
  /// The 5-tuple, from the machine's point of view, as a text.
  typealias Flow = String

  func flow(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Flow? {
    guard let packet = frame.packet else { return nil }
    var (from, to) = ("\(packet.source)", "\(packet.destination)")
    switch packet.transport {
    case .udp(let datagram):
      from += ":\(datagram.sourcePort)"
      to += ":\(datagram.destinationPort)"
    case .tcp(let segment):
      from += ":\(segment.sourcePort)"
      to += ":\(segment.destinationPort)"
    case .icmp(.echoRequest(let identifier, _, _)), .icmp(.echoReply(let identifier, _, _)):
      from += " echo \(identifier)"
      to += " echo \(identifier)"
    default: return nil
    }
    let ends = direction == .outbound ? "\(from) \(to)" : "\(to) \(from)"
    return "\(packet.transport.ipProtocol) \(ends)"
  }

  /// The extended rule that is asked first of those that match.
  private func first(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> AccessRule? {
    guard let packet = frame.packet else { return nil }
    let matching = port.accessRules.filter { $0.direction == direction && $0.matches(packet) }
    return matching.max { $0.weight < $1.weight }
  }

  /// The stateful rule that a packet opens its flow by.
  func opening(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> AccessRule? {
    first(frame, direction).flatMap { $0.isStateful ? $0 : nil }
  }

  /// Whether both lists together let a frame pass, where its flow has a state or has none.
  func passes(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, hasState: Bool
  ) -> Bool {
    let rule = first(frame, direction)
    let extended = hasState ? true : rule.map { $0.action == .allow }
    switch settings.accessLists {
    case .extendedFirst: return extended ?? basicPasses(frame, direction)
    case .bothMustAllow: return (extended ?? true) && basicPasses(frame, direction)
    }
  }

  /// Neither among the MAC entries nor among the IP entries is a most exact one that denies.
  private func basicPasses(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Bool {
    var isDenied: [Bool: (length: Int, denies: Bool)] = [:]
    for entry in port.basicRules where entry.direction == direction && entry.action != .meter {
      let isSource = (entry.side == .local) == (direction == .outbound)
      let mac = isSource ? frame.source : frame.destination
      let address = isSource ? frame.packet?.source : frame.packet?.destination
      let found: (isMAC: Bool, length: Int)? =
        switch entry.addresses {
        case .anyMAC: (true, 0)
        case .mac(let one): one == mac ? (true, 48) : nil
        case .anyIP: address == nil ? nil : (false, 0)
        case .ip(let prefix):
          address.map { prefix.contains($0) } == true ? (false, prefix.length) : nil
        }
      guard let found else { continue }
      let denies = entry.action == .deny
      let known = isDenied[found.isMAC]
      if known.map({ found.length > $0.length }) ?? true {
        isDenied[found.isMAC] = (found.length, denies)
      } else if found.length == known?.length, denies {
        isDenied[found.isMAC] = (found.length, true)
      }
    }
    return isDenied.values.allSatisfy { !$0.denies }
  }
}
