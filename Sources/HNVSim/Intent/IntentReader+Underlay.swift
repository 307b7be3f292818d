import HNVCore

extension IntentReader {
  mutating func readUnderlay() {
    let place = lab.underlayPlace
    intent.underlay.mtu = Int(
      check(lab.underlay.mtu, in: Self.mtuRange, "the underlay's MTU", at: place) ?? 1500)
    if let latency = lab.underlay.latency { intent.underlay.latency = readTime(latency) ?? .zero }
    var names = NameSpace<Int>()
    for network in lab.underlay.networks { readNetwork(network, &names) }
    if let written = lab.underlay.prefix {
      intent.underlay.prefix = readPrefix(written) ?? intent.underlay.prefix
    } else if let first = intent.underlay.networks.first {
      intent.underlay.prefix = first.prefix
    }
  }

  private static let mtuRange: ClosedRange<UInt64> = 1280...65535

  private mutating func readNetwork(
    _ network: Lab.Underlay.Network, _ names: inout NameSpace<Int>
  ) {
    let name = network.name
    let index = intent.underlay.networks.count
    do throws(Diagnostic) {
      try names.declare(name, as: index, "network of the underlay")
    } catch {
      diagnostics.append(error)
    }
    let vlan = check(network.vlan, in: 1...4094, "the VLAN", at: name.place)
    let mtu = check(network.mtu, in: Self.mtuRange, "the MTU", at: name.place)
    guard let prefix = readPrefix(network.prefix) else { return }
    if let other = intent.underlay.networks.first(where: { $0.prefix.overlaps(prefix) }) {
      diagnostics.append(
        Diagnostic(
          .underlayOverlap, value: network.prefix.text,
          "\(prefix) of network \(name.text) overlaps \(other.prefix) of network \(other.name)",
          at: network.prefix.place))
    }
    intent.underlay.networks.append(
      Intent.Underlay.Network(
        name: name.text, prefix: prefix, vlan: vlan.map { UInt16($0) },
        mtu: mtu.map { Int($0) } ?? intent.underlay.mtu, place: name.place))
  }

  /// Hosts without an address take the lowest free ones of the underlay's prefix.
  mutating func readHosts() {
    let prefix = intent.underlay.prefix
    var declared: [Int: IPAddress] = [:]
    for (index, host) in lab.hosts.enumerated() {
      guard let address = host.address else { continue }
      declared[index] = readAddress(address)
    }
    var free = UnderlayAddresses(
      prefix: prefix, taken: Set(declared.values).union(routerAddresses))
    for (index, host) in lab.hosts.enumerated() {
      let element = ElementID.host(intent.hosts.count)
      guard
        attempt({ (reader) throws(Diagnostic) in
          try reader.elementNames.declare(host.name, as: element, "host")
        })
      else { continue }
      let address: IPAddress
      if let own = declared[index] {
        address = own
      } else if let next = free.next() {
        address = next
      } else {
        diagnostics.append(
          Diagnostic(
            .providerAddressForm, in: .named("host \(host.name.text)"), value: "\(prefix)",
            "the underlay \(prefix) has no address left for host \(host.name.text)",
            fix: "give the underlay a shorter prefix", at: host.name.place))
        elementNames.forget(host.name.text)
        intent.damaged.insert(host.name.text)
        continue
      }
      intent.hosts.append(
        Intent.Host(
          name: host.name.text, address: address, place: (host.address ?? host.name).place))
    }
  }

  /// The addresses that routers have, as far as they can be read; what cannot is said later.
  private var routerAddresses: [IPAddress] {
    lab.underlay.routers.flatMap(\.addresses).compactMap { written in
      try? IPAddress(parsing: String(written.text.prefix { $0 != "/" }))
    }
  }

  mutating func readRouters() {
    var interfaceCount: UInt64 = 0
    for router in lab.underlay.routers {
      let index = intent.underlay.routers.count
      attempt { (reader) throws(Diagnostic) in
        try reader.elementNames.declare(router.name, as: .router(index), "router of the underlay")
      }
      var typed = Intent.Underlay.Router(name: router.name.text, place: router.name.place)
      typed.mtu = check(router.mtu, in: Self.mtuRange, "the MTU", at: router.name.place).map {
        Int($0)
      }
      for written in router.addresses {
        guard let address = readRouterAddress(written) else { continue }
        interfaceCount += 1
        typed.interfaces.append(
          Intent.Underlay.Interface(
            address: address, network: intent.underlay.network(of: address.address),
            macAddress: MACAddress(bits: 0x0252_5400_0000 + interfaceCount)))
      }
      typed.routes = router.routes.compactMap { readRoute($0) }
      intent.underlay.routers.append(typed)
    }
  }

  private mutating func readRouterAddress(_ written: Written) -> Intent.Interface.Address? {
    let parts = written.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = readAddress(Written(String(parts[0]), at: written.place)) else {
      return nil
    }
    let width = UInt64(address.family.bitWidth)
    let length =
      parts.count == 2
      ? Digits.decimal(String(parts[1]), upTo: width).map { Int($0) }
      : intent.underlay.prefixLength(of: address)
    guard let length, let onLink = IPPrefix(containing: address, length: length) else {
      diagnostics.append(
        Diagnostic(
          .prefixLength, value: written.text,
          "the prefix length behind \(address) is not a number up to \(width)", at: written.place))
      return nil
    }
    guard !address.isMulticast, !address.isUnspecified, !address.isLimitedBroadcast else {
      diagnostics.append(
        Diagnostic(
          .providerAddressForm, value: written.text, "\(address) cannot be the address of a router",
          fix: "name a unicast address", at: written.place))
      return nil
    }
    return Intent.Interface.Address(address: address, onLink: onLink, place: written.place)
  }
}
