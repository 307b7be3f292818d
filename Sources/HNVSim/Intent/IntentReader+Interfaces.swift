import HNVCore

extension IntentReader {
  /// Where an adapter is, as far as its addresses are concerned.
  private struct Site {
    let attachment: Intent.Interface.Attachment
    let prefixes: [IPPrefix]
    /// The site in words.
    let name: String
    let place: Place
  }

  mutating func readInterface(
    _ interface: Lab.Interface, of machine: Intent.Machine
  ) -> Intent.Interface? {
    guard let site = readSite(interface.attachment) else { return nil }
    let (mac, place) = readMAC(interface.mac) ?? (deriveMAC(), site.place)
    var typed = Intent.Interface(
      attachment: site.attachment, macAddress: mac, place: site.place, macPlace: place)
    typed.addresses = interface.addresses.compactMap { readAddress($0, at: site) }
    typed.rules = readRules(interface.rules, of: machine.name)
    typed.compartment =
      interface.compartment.flatMap { machine.compartments.firstIndex(of: $0.text) } ?? 0
    typed.translates = interface.translates
    typed.publications = interface.publications.compactMap {
      readPublication($0, of: interface, of: machine)
    }
    for part in interface.virtualRouters {
      let member = read(part, of: typed, machine) { $0.readAddress($1, at: site) }
      if let member { typed.virtualRouters.append(member) }
    }
    return typed
  }

  private mutating func readSite(_ attachment: Lab.Interface.Attachment) -> Site? {
    switch attachment {
    case .subnet(let written):
      let found = find(written, in: subnetNames, "subnet") { $0.subnets.map(\.name) }
      guard let index = found else { return nil }
      return Site(
        attachment: .subnet(index), prefixes: intent.subnets[index].prefixes,
        name: "subnet \(written.text)", place: written.place)
    case .outside(let written):
      let found = find(written, in: elementNames, "outside network") {
        $0.outsides.map(\.name)
      }
      guard let found else { return nil }
      guard case .outside(let index) = found else {
        diagnostics.append(
          .unknownName(
            written, "\(written.text) is not an outside network",
            among: intent.outsides.map(\.name)))
        return nil
      }
      return Site(
        attachment: .outside(index), prefixes: intent.outsides[index].link,
        name: "the link of \(written.text)", place: written.place)
    }
  }

  private mutating func readMAC(_ written: Written?) -> (MACAddress, Place)? {
    guard let written else { return nil }
    return readMAC(written).map { ($0, written.place) }
  }

  /// The next address of 00-15-5D, Hyper-V's own range, that the lab does not give itself.
  private mutating func deriveMAC() -> MACAddress {
    repeat { interfaceCount += 1 } while declaredMACs.contains(Self.hyperV(interfaceCount))
    return Self.hyperV(interfaceCount)
  }

  private static func hyperV(_ number: UInt64) -> MACAddress {
    MACAddress(bits: 0x0015_5D00_0000 + number)
  }

  /// An address, with the guest's own idea of its link where the lab gives one.
  ///
  /// An address in the wrong place is kept, so that what names it is not wrong as well, and for a
  /// network whose policy is not refused for it.
  private mutating func readAddress(
    _ written: Written, at site: Site
  ) -> Intent.Interface.Address? {
    let parts = written.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let text = Written(String(parts[0]), at: written.place)
    guard let address = readAddress(text),
      let alone = IPPrefix(containing: address, length: address.family.bitWidth)
    else { return nil }
    let own = site.prefixes.filter { $0.family == address.family }
    guard let prefix = own.first(where: { $0.contains(address) }) else {
      guard own.isEmpty, partial.contains(site.attachment) else {
        diagnostics.append(.misplaced(written, address, own.first, site.name))
        return address.isMulticast || address.isUnspecified
          ? nil : Intent.Interface.Address(address: address, onLink: alone, place: written.place)
      }
      return Intent.Interface.Address(address: address, onLink: alone, place: written.place)
    }
    if let diagnostic = Diagnostic.taken(written, address, prefix, site.name) {
      diagnostics.append(diagnostic)
      guard !address.isMulticast, !address.isUnspecified else { return nil }
    }
    guard parts.count == 2 else {
      return Intent.Interface.Address(address: address, onLink: prefix, place: written.place)
    }
    let width = UInt64(address.family.bitWidth)
    guard let length = Digits.decimal(String(parts[1]), upTo: width),
      let onLink = IPPrefix(containing: address, length: Int(length))
    else {
      diagnostics.append(
        Diagnostic(
          .prefixLength, value: written.text,
          "the prefix length behind \(address) is not a number up to \(width)", at: written.place))
      return nil
    }
    return Intent.Interface.Address(address: address, onLink: onLink, place: written.place)
  }
}

extension Diagnostic {
  /// An address outside every prefix of where its adapter is; `prefix` is that of its family.
  fileprivate static func misplaced(
    _ written: Written, _ address: IPAddress, _ prefix: IPPrefix?, _ site: String
  ) -> Diagnostic {
    guard let prefix else {
      return Diagnostic(
        .addressOutsideSubnet, value: written.text,
        "\(site) has no \(address.family) prefix for \(address)",
        fix: "give \(site) an \(address.family) prefix, or choose an address of its family",
        at: written.place)
    }
    return Diagnostic(
      .addressOutsideSubnet, value: written.text,
      "\(address) is outside \(prefix), the prefix of \(site)",
      fix: "choose an address within \(prefix)", at: written.place)
  }

  /// An address of a prefix that no machine can have; `nil` for one that it can.
  fileprivate static func taken(
    _ written: Written, _ address: IPAddress, _ prefix: IPPrefix, _ site: String
  ) -> Diagnostic? {
    if address == prefix.gatewayAddress {
      return Diagnostic(
        .reservedAddress, value: written.text,
        "\(address), the lowest usable address of \(prefix), is that of the router of \(site)",
        at: written.place)
    }
    // Two addresses, or one, are all usable (RFC 3021 and RFC 6164).
    guard prefix.length < prefix.family.bitWidth - 1 else { return nil }
    let isBroadcast = address == prefix.last && prefix.family == .v4
    guard address == prefix.first || isBroadcast || address.isMulticast else { return nil }
    return Diagnostic(
      .addressOutsideSubnet, value: written.text,
      "\(address) is the network or broadcast address of \(prefix)",
      fix: "choose an address between the first and the last of \(prefix)", at: written.place)
  }
}
