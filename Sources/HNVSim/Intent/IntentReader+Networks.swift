import HNVCore

extension IntentReader {
  mutating func readUnderlay() {
    let place = lab.underlay.prefix?.place ?? Place(file: lab.name, line: 1)
    intent.underlay.mtu = Int(
      check(lab.underlay.mtu, in: 1280...65535, "the underlay's MTU", at: place) ?? 1500)
    if let latency = lab.underlay.latency {
      intent.underlay.latency =
        readTime(latency) ?? .zero
    }
  }

  /// Hosts without an address take the lowest free ones of the underlay's prefix.
  mutating func readHosts() {
    let prefix =
      lab.underlay.prefix.flatMap { written in
        readPrefix(written)
      } ?? Self.defaultUnderlay
    intent.underlay.prefixLength = prefix.length
    var declared: [Int: IPAddress] = [:]
    for (index, host) in lab.hosts.enumerated() {
      guard let address = host.address else { continue }
      declared[index] = readAddress(address)
    }
    var free = UnderlayAddresses(prefix: prefix, taken: Set(declared.values))
    for (index, host) in lab.hosts.enumerated() {
      let element = ElementID.host(intent.hosts.count)
      guard
        attempt({ (reader) throws(Fault) in
          try reader.elementNames.declare(host.name, as: element, "host")
        })
      else { continue }
      let address: IPAddress
      if let own = declared[index] {
        address = own
      } else if let next = free.next() {
        address = next
      } else {
        faults.append(
          Fault(
            .providerAddressForm, in: .named("host \(host.name.text)"), value: "\(prefix)",
            "the underlay \(prefix) has no address left for host \(host.name.text)",
            mend: "give the underlay a shorter prefix", at: host.name.place))
        elementNames.forget(host.name.text)
        intent.damaged.insert(host.name.text)
        continue
      }
      intent.hosts.append(
        Intent.Host(
          name: host.name.text, address: address, place: (host.address ?? host.name).place))
    }
  }

  /// 172.16.0.0/12, as RFC 1918 sets it apart: room for a million hosts.
  private static let defaultUnderlay =
    IPPrefix(containing: .v4(IPv4Address(172, 16, 0, 0)), length: 12) ?? .everything(.v4)

  mutating func readNetworks() {
    for network in lab.networks {
      let index = intent.networks.count
      attempt { (reader) throws(Fault) in
        try reader.networkNames.declare(network.name, as: index, "network")
      }
      var typed = Intent.Network(name: network.name.text, place: network.name.place)
      for subnet in network.subnets {
        let number = intent.subnets.count
        attempt { (reader) throws(Fault) in
          try reader.subnetNames.declare(subnet.name, as: number, "subnet")
        }
        typed.subnets.append(number)
        readSubnet(subnet, network: index, among: typed.subnets.dropLast())
      }
      for route in network.routes {
        if let route = readRoute(route) { typed.routes.append(route) }
      }
      intent.networks.append(typed)
    }
  }

  private mutating func readSubnet(
    _ subnet: Lab.Subnet, network: Int, among others: ArraySlice<Int>
  ) {
    var typed = Intent.Subnet(
      name: subnet.name.text, network: network, prefixes: [], place: subnet.name.place,
      prefixPlaces: [])
    let attachment = Intent.Interface.Attachment.subnet(intent.subnets.count)
    requirePrefix(subnet.prefixes, of: subnet.name, attachment)
    for written in subnet.prefixes {
      guard let prefix = readPrefix(written, of: attachment) else { continue }
      if let first = typed.prefixes.first(where: { $0.family == prefix.family }) {
        faults.append(
          Fault(
            .secondPrefix, value: written.text,
            "subnet \(typed.name) already has the prefix \(first)", at: written.place))
        guard !typed.prefixes.contains(prefix) else { continue }
      }
      if prefix.lowestUsable == nil {
        faults.append(
          Fault(
            .subnetSize, value: written.text,
            "\(prefix) of subnet \(typed.name) has no address for a router and a machine",
            at: written.place))
      }
      for other in others {
        guard let clash = intent.subnets[other].prefixes.first(where: { $0.overlaps(prefix) })
        else { continue }
        faults.append(
          Fault(
            .overlappingPrefixes, value: written.text,
            "\(prefix) of subnet \(typed.name) overlaps \(clash) of subnet"
              + " \(intent.subnets[other].name)", at: written.place))
      }
      typed.prefixes.append(prefix)
      typed.prefixPlaces.append(written.place)
    }
    intent.subnets.append(typed)
  }

  mutating func readOutside() {
    for outside in lab.outside {
      let index = intent.outsides.count
      attempt { (reader) throws(Fault) in
        try reader.elementNames.declare(outside.name, as: .outside(index), "outside network")
      }
      var typed = Intent.Outside(
        name: outside.name.text, place: outside.name.place,
        macAddress: MACAddress(bits: 0x020F_F500_0001 + UInt64(index)))
      requirePrefix(outside.link, of: outside.name, .outside(index))
      typed.link = outside.link.compactMap { readPrefix($0, of: .outside(index)) }
      typed.addresses = outside.addresses.compactMap { written in
        readAddress(written)
      }
      if typed.addresses.count < outside.addresses.count {
        intent.damaged.insert(outside.name.text)
      }
      for written in outside.reaches {
        if let prefix = readPrefix(written) {
          typed.reaches.append(prefix)
        }
      }
      if let latency = outside.latency {
        typed.latency = readTime(latency) ?? .zero
      }
      for route in outside.routes {
        if let route = readRoute(route) { typed.routes.append(route) }
      }
      intent.outsides.append(typed)
    }
    readTunnels()
  }

  /// A prefix of a subnet or of the wire of an outside network.
  private mutating func readPrefix(
    _ written: Written, of attachment: Intent.Interface.Attachment
  ) -> IPPrefix? {
    let prefix = readPrefix(written)
    if prefix == nil { partial.insert(attachment) }
    return prefix
  }

  private mutating func requirePrefix(
    _ prefixes: [Written], of name: Written, _ attachment: Intent.Interface.Attachment
  ) {
    guard prefixes.isEmpty else { return }
    partial.insert(attachment)
    faults.append(
      Fault(.missingPrefix, value: name.text, "\(name.text) has no prefix", at: name.place))
  }
}

/// The addresses of the underlay, lowest first, without those that are taken.
private struct UnderlayAddresses {
  let prefix: IPPrefix
  let taken: Set<IPAddress>
  private var latest: IPAddress?

  init(prefix: IPPrefix, taken: Set<IPAddress>) {
    self.prefix = prefix
    self.taken = taken
    latest = nil
  }

  mutating func next() -> IPAddress? {
    // The lowest usable address is left to a router of the underlay.
    guard var candidate = latest ?? prefix.lowestUsable else { return nil }
    repeat {
      guard let after = candidate.successor, prefix.contains(after), after != prefix.last
      else { return nil }
      candidate = after
    } while taken.contains(candidate)
    latest = candidate
    return candidate
  }
}

extension IPAddress {
  /// The next higher address; `nil` after the last.
  var successor: IPAddress? {
    switch self {
    case .v4(let address):
      address.bits == .max ? nil : .v4(IPv4Address(bits: address.bits + 1))
    case .v6(let address):
      address.bits == .max ? nil : .v6(IPv6Address(bits: address.bits + 1))
    }
  }
}
