import HNVCore

extension IntentReader {
  mutating func readNetworks() {
    for network in lab.networks {
      let index = intent.networks.count
      attempt { (reader) throws(Diagnostic) in
        try reader.networkNames.declare(network.name, as: index, "network")
      }
      var typed = Intent.Network(name: network.name.text, place: network.name.place)
      for subnet in network.subnets {
        let number = intent.subnets.count
        attempt { (reader) throws(Diagnostic) in
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
        diagnostics.append(
          Diagnostic(
            .secondPrefix, value: written.text,
            "subnet \(typed.name) already has the prefix \(first)", at: written.place))
        guard !typed.prefixes.contains(prefix) else { continue }
      }
      if prefix.gatewayAddress == nil {
        diagnostics.append(
          Diagnostic(
            .subnetSize, value: written.text,
            "\(prefix) of subnet \(typed.name) has no address for a router and a machine",
            at: written.place))
      }
      for other in others {
        guard let clash = intent.subnets[other].prefixes.first(where: { $0.overlaps(prefix) })
        else { continue }
        diagnostics.append(
          Diagnostic(
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
      attempt { (reader) throws(Diagnostic) in
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
    diagnostics.append(
      Diagnostic(.missingPrefix, value: name.text, "\(name.text) has no prefix", at: name.place))
  }
}
