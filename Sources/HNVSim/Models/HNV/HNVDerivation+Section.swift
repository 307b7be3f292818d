import HNVCore

/// Reads the lab's section on HNV.
extension HNVDerivation {
  mutating func readSettings() {
    if let release = section.release {
      let names = Release.allCases.map(\.rawValue)
      if let known = Release(rawValue: release.text) {
        settings = Settings(known)
      } else {
        refuse(release, "not a release", among: names)
      }
    }
    for setting in section.settings {
      let names = Settings.descriptions.map(\.name)
      guard let known = Settings.descriptions.first(where: { $0.name == setting.name.text })
      else {
        refuse(setting.name, "not a setting", among: names)
        continue
      }
      if !known.write(&settings, setting.value.text) {
        refuse(setting.value, "not a value of \(known.name)", among: known.values)
      }
    }
  }

  mutating func readIdentifiers() {
    let domainTexts = values(section.routingDomains, intent.networks.map(\.name), "network")
    for (index, _) in intent.networks.enumerated() {
      // Derived numbers look like those of Microsoft's samples and differ from network to network.
      let derived = RoutingDomainID(
        bits: 0x11111111_2222_3333_4444_000000000000 + UInt128(index) + 1)
      let own = domainTexts[index].flatMap { text in
        read(text) { text throws(Diagnostic) in try RoutingDomainID(parsing: text) }
      }
      domains.append(own ?? derived)
    }
    let subnetTexts = values(section.virtualSubnets, intent.subnets.map(\.name), "subnet")
    var taken: [VirtualSubnetID: Int] = [:]
    for (index, text) in subnetTexts.enumerated() {
      let identifier = text.flatMap { text in
        // Set-VMNetworkAdapter -VirtualSubnetId 0 clears it.
        text.text == "0"
          ? nil
          : read(text) { text throws(Diagnostic) in
            try VirtualSubnetID(Digits.decimal(text, upTo: .max) ?? 0)
          }
      }
      subnetIDs.append(nil)
      guard let identifier, let text else { continue }
      if let first = taken[identifier], settings.policyChecks == .strict {
        refuse(text, identifier, of: index, after: first)
        continue
      }
      taken[identifier] = taken[identifier] ?? index
      subnetIDs[index] = identifier
    }
    var next: UInt64 = 5001
    for index in intent.subnets.indices where subnetTexts[index] == nil {
      while let candidate = try? VirtualSubnetID(next), taken[candidate] != nil { next += 1 }
      subnetIDs[index] = try? VirtualSubnetID(next)
      next += 1
    }
  }

  /// Two subnets with one VSID are two prefixes of a virtual subnet, or two routing domains of it.
  private mutating func refuse(
    _ written: Written, _ identifier: VirtualSubnetID, of subnet: Int, after first: Int
  ) {
    let (one, other) = (intent.subnets[first], intent.subnets[subnet])
    diagnostics.append(
      Diagnostic(
        one.network == other.network ? .secondPrefix : .virtualSubnetInTwoDomains,
        value: written.text, "\(identifier) is already the VSID of subnet \(one.name)",
        fix: "assign another number to subnet \(other.name)", at: written.place))
  }

  /// The values that the section gives to things by name, in the order of the things.
  private mutating func values(
    _ named: [Lab.Named], _ names: [String], _ kind: String
  ) -> [Written?] {
    var values: [Written?] = Array(repeating: nil, count: names.count)
    var positions: [String: Int] = [:]
    for (index, name) in names.enumerated() { positions[name] = index }
    for pair in named {
      guard let index = positions[pair.name.text] else {
        refuse(pair.name, "not a \(kind)", among: names)
        continue
      }
      values[index] = pair.value
    }
    return values
  }

  mutating func refuse(_ written: Written, _ what: String, among names: [String]) {
    let nearest = NearestName.of(written.text, among: names)
    let choices = names.count <= 12 ? "choose one of \(names.joined(separator: ", "))" : nil
    diagnostics.append(
      Diagnostic(
        .unknownName, value: written.text, "\(written.text) is \(what)",
        fix: nearest.map { "did you mean \($0)?" } ?? choices, at: written.place))
  }
}
