import HNVCore

extension OVNTestNetwork {
  /// A network in which packets are switched, routed, sent back out of where they came from, lost
  /// for want of a neighbour, and filtered, each now and then.
  init(_ number: Int, _ random: inout SplitMix64) {
    self.number = number
    for index in 0..<Int.random(in: 1...3, using: &random) {
      addSwitch(index, &random)
    }
    addRoutes(&random)
    for priority in 0..<Int.random(in: 0...4, using: &random) {
      addAccessRule(priority: 1000 + 10 * priority, &random)
    }
  }

  private mutating func addSwitch(_ index: Int, _ random: inout SplitMix64) {
    let net = UInt8(index)
    // 10.0.n.0/24, or the lower half of it.
    let length = Bool.random(using: &random) ? 24 : 25
    guard let prefix = IPPrefix(containing: .v4(IPv4Address(10, 0, net, 0)), length: length) else {
      return
    }
    switches.append(
      Switch(
        prefix: prefix, routerAddress: IPv4Address(10, 0, net, 1),
        routerMAC: MACAddress(bits: 0x0200_0000_0100 | UInt64(index))))
    for place in 0..<Int.random(in: 1...3, using: &random) {
      ports.append(
        Port(
          onSwitch: index, address: IPv4Address(10, 0, net, UInt8(10 + place)),
          macAddress: MACAddress(bits: 0x02aa_0000_0000 | UInt64(ports.count))))
    }
  }

  /// Routes of different prefixes, each to a machine or to an address that nobody has.
  private mutating func addRoutes(_ random: inout SplitMix64) {
    for prefix in Self.routedPrefixes where Int.random(in: 0..<3, using: &random) == 0 {
      let net = UInt8(Int.random(in: switches.indices, using: &random))
      let machine = ports.randomElement(using: &random)?.address
      let nextHop = Int.random(in: 0..<4, using: &random) == 0 ? nil : machine
      routes.append(Route(prefix: prefix, nextHop: nextHop ?? IPv4Address(10, 0, net, 99)))
    }
  }

  /// Everything; blocks around, beside and within the subnets; a subnet and a machine of it.
  private static let routedPrefixes: [IPPrefix] = [
    (0, 0, 0, 0, 0), (10, 0, 0, 0, 8), (10, 0, 0, 0, 24), (10, 0, 1, 0, 24), (10, 0, 1, 128, 25),
    (10, 0, 1, 10, 32), (198, 51, 100, 0, 24), (198, 51, 100, 64, 26),
  ].compactMap { (a, b, c, d, length) in
    IPPrefix(containing: .v4(IPv4Address(a, b, c, d)), length: length)
  }

  private mutating func addAccessRule(priority: Int, _ random: inout SplitMix64) {
    let onSwitch = Int.random(in: switches.indices, using: &random)
    let own = ports.indices.filter { ports[$0].onSwitch == onSwitch }
    func now(_ value: IPPrefix?) -> IPPrefix? { Bool.random(using: &random) ? value : nil }
    let (source, destination) = (somePrefix(&random), somePrefix(&random))
    accessRules.append(
      AccessRule(
        onSwitch: onSwitch,
        direction: Bool.random(using: &random) ? .entering : .leaving,
        priority: priority,
        port: Bool.random(using: &random) ? own.randomElement(using: &random) : nil,
        source: now(source), destination: now(destination),
        ipProtocol: [nil, nil, .icmp, .udp, .tcp].randomElement(using: &random) ?? nil,
        verdict: AccessRule.Verdict.allCases.randomElement(using: &random) ?? .drop))
  }

  /// A machine's address or a subnet.
  private func somePrefix(_ random: inout SplitMix64) -> IPPrefix? {
    if Bool.random(using: &random) {
      return ports.randomElement(using: &random).map { IPPrefix(host: .v4($0.address)) }
    }
    return switches.randomElement(using: &random)?.prefix
  }

  /// A packet from one of its machines, mostly one that gets somewhere.
  func question(_ random: inout SplitMix64) -> OVNQuestion? {
    guard let port = ports.indices.randomElement(using: &random),
      let target = target(&random)
    else { return nil }
    let neighbours = ports.filter { $0.onSwitch == ports[port].onSwitch }
    if Int.random(in: 0..<6, using: &random) == 0 {
      return OVNQuestion(port: port, destinationMAC: .broadcast, content: .arp(for: target))
    }
    let mac =
      switch Int.random(in: 0..<12, using: &random) {
      case 0: MACAddress(bits: 0x02bb_0000_0000)
      case 1...4: neighbours.randomElement(using: &random)?.macAddress
      default: switches[ports[port].onSwitch].routerMAC
      }
    let timeToLive: UInt8 = [64, 64, 64, 255, 2, 1, 0].randomElement(using: &random) ?? 64
    let protocols: [IPProtocol] = [.icmp, .udp, .tcp, IPProtocol(number: 89)]
    return OVNQuestion(
      port: port, destinationMAC: mac ?? .broadcast,
      content: .ip(
        to: target, protocols.randomElement(using: &random) ?? .icmp, timeToLive: timeToLive))
  }

  /// A machine, the router, an address that nobody has, or one outside.
  private func target(_ random: inout SplitMix64) -> IPv4Address? {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: switches.randomElement(using: &random)?.routerAddress
    case 1: IPv4Address(10, 0, UInt8.random(in: 0...3, using: &random), 77)
    case 2: IPv4Address(10, 0, 1, 200)
    case 3, 4: IPv4Address(198, 51, 100, UInt8.random(in: 0...255, using: &random))
    default: ports.randomElement(using: &random)?.address
    }
  }
}
