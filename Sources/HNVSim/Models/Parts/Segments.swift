import HNVCore

/// The VXLAN segments of a lab: for each subnet a VNI, and a group of the underlay that stands for
/// all its hosts (RFC 7348, section 4.2).
struct Segments: Sendable {
  private let vnis: [VirtualSubnetID?]
  private let groups: [IPAddress]
  private let subnets: [VirtualSubnetID: Int]
  private let hosts: [IPAddress: Int]

  /// Reads VNIs and groups by the names of subnets; what is not said is derived: VNIs from 5001 on,
  /// and groups that hold the VNI in their last bytes.
  init(_ vnis: [Lab.Named], groups: [Lab.Named], _ reader: inout SectionReader) {
    let numbers = Self.numbers(vnis, &reader)
    self.vnis = numbers
    self.groups = Self.groups(groups, of: numbers, &reader)
    var subnets: [VirtualSubnetID: Int] = [:]
    for (subnet, vni) in numbers.enumerated() {
      if let vni { subnets[vni] = subnet }
    }
    self.subnets = subnets
    var hosts: [IPAddress: Int] = [:]
    for (index, host) in reader.intent.hosts.enumerated() { hosts[host.address] = index }
    self.hosts = hosts
  }

  /// The VNI of a subnet; `nil` where the lab's own could not be read.
  func vni(of subnet: Int) -> VirtualSubnetID? { vnis[subnet] }

  /// The subnet of a VNI; `nil` for none.
  func subnet(of vni: VirtualSubnetID) -> Int? { subnets[vni] }

  /// The group of the underlay that stands for a subnet.
  func group(of subnet: Int) -> IPAddress { groups[subnet] }

  /// The subnets that a group of the underlay stands for; several may share one.
  func subnets(of group: IPAddress) -> [Int] { groups.indices.filter { groups[$0] == group } }

  /// The host that has an address on the underlay; `nil` for none.
  func host(at address: IPAddress) -> Int? { hosts[address] }

  private static func numbers(
    _ named: [Lab.Named], _ reader: inout SectionReader
  ) -> [VirtualSubnetID?] {
    let texts = reader.bySubnet(named)
    var owners: [VirtualSubnetID: Int] = [:]
    var numbers: [VirtualSubnetID?] = texts.map { _ in nil }
    for (subnet, text) in texts.enumerated() {
      guard let text, let number = number(text, &reader) else { continue }
      if let owner = owners[number] {
        reader.diagnostics.append(
          Diagnostic(
            .duplicateVNI, value: text.text,
            "\(number) is already the VNI of subnet \(reader.intent.subnets[owner].name)",
            at: text.place))
      }
      owners[number] = owners[number] ?? subnet
      numbers[subnet] = number
    }
    var next: UInt64 = 5001
    for subnet in texts.indices where texts[subnet] == nil {
      while let candidate = try? VirtualSubnetID(next), owners[candidate] != nil { next += 1 }
      numbers[subnet] = try? VirtualSubnetID(next)
      next += 1
    }
    return numbers
  }

  private static func number(
    _ text: Written, _ reader: inout SectionReader
  ) -> VirtualSubnetID? {
    let range = VirtualSubnetID.range
    if let number = Digits.decimal(text.text, upTo: UInt64(range.upperBound)),
      let known = try? VirtualSubnetID(number)
    {
      return known
    }
    reader.diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: text.text,
        "the VNI \(text.text) is outside \(range.lowerBound) to \(range.upperBound)",
        at: text.place))
    return nil
  }

  private static func groups(
    _ named: [Lab.Named], of numbers: [VirtualSubnetID?], _ reader: inout SectionReader
  ) -> [IPAddress] {
    let family = reader.intent.hosts.first?.address.family ?? .v4
    return reader.bySubnet(named).enumerated().map { subnet, text in
      let derived = derivedGroup(of: numbers[subnet], family)
      guard let text, let address = reader.readAddress(text) else { return derived }
      guard address.isMulticast, address.family == family else {
        reader.diagnostics.append(
          Diagnostic(
            .groupAddress, value: text.text, "\(address) is not an \(family) multicast address",
            fix: "use a multicast address of the same family as the hosts' addresses",
            at: text.place))
        return derived
      }
      return address
    }
  }

  /// 239.0.0.0/8 is for the owner of a network to give out (RFC 2365, section 6); so is ff05::/16
  /// within a site (RFC 4291, section 2.7).
  private static func derivedGroup(of vni: VirtualSubnetID?, _ family: IPFamily) -> IPAddress {
    let number = vni?.number ?? 0
    return family == .v4
      ? .v4(IPv4Address(bits: 239 << 24 | number))
      : .v6(IPv6Address(bits: 0xff05 << 112 | UInt128(number)))
  }
}
