import HNVCore
import HNVSim

/// Two racks, each a VLAN of its own with a router on top, and a spine without a VLAN between them.
///
///     A on hv1, B on hv2 -- rack1 -- tor1 -- spine -- tor2 -- rack2 -- C on hv3
struct RackLab {
  /// The family of the underlay; machines have both.
  var family = IPFamily.v4
  /// The MTUs of the racks, and of the spine.
  var rackMTU: UInt64 = 1600
  var spineMTU: UInt64 = 1600
  /// What the routers take for the MTU of all their links, instead of the networks' own.
  var routerMTU: UInt64?

  static let vlans: [UInt16] = [110, 120]

  /// An address in a rack.
  func rack(_ rack: Int, _ number: Int) -> String {
    family == .v4 ? "172.16.\(rack).\(number)" : "fd16:\(rack)::\(number)"
  }

  func spine(_ number: Int) -> String {
    family == .v4 ? "172.16.0.\(number)" : "fd16::\(number)"
  }

  func lab(_ change: (inout Lab) -> Void = { _ in }) -> Lab {
    let length = family == .v4 ? 24 : 64
    return Lab("racks") { lab in
      lab.host("hv1", rack(1, 11))
      lab.host("hv2", rack(1, 12))
      lab.host("hv3", rack(2, 13))
      lab.underlay.network(
        "rack1", "\(rack(1, 0).zeroed)/\(length)", vlan: UInt64(Self.vlans[0]), mtu: rackMTU)
      lab.underlay.network("spine", "\(spine(0).zeroed)/\(length)", mtu: spineMTU)
      lab.underlay.network(
        "rack2", "\(rack(2, 0).zeroed)/\(length)", vlan: UInt64(Self.vlans[1]), mtu: rackMTU)
      lab.underlay.router("tor1", rack(1, 1), spine(1), mtu: routerMTU)
      lab.underlay.router("tor2", spine(2), rack(2, 1), mtu: routerMTU)
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24", "fd00:1::/64") }
      for (number, name) in ["A", "B", "C"].enumerated() {
        lab.machine(
          name, on: "hv\(number + 1)", in: "front", "10.0.1.\(11 + number)",
          "fd00:1::\(11 + number)")
      }
      change(&lab)
    }
  }

  func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(lab(change))
  }

  static func written(_ text: String) -> Written { SmallLab.written(text) }
}

extension String {
  /// An IPv6 address that ends in a group of zeros, without that group.
  fileprivate var zeroed: String { hasSuffix("::0") ? String(dropLast()) : self }
}

extension Lab {
  /// Gives a host provider addresses of its own.
  mutating func provide(
    _ host: String, _ address: String, prefixLength: UInt64? = nil, vlanID: UInt64? = nil,
    macAddress: String? = nil
  ) {
    hnv.providerAddresses.append(
      HNVSection.ProviderAddress(
        host: SmallLab.written(host), providerAddress: SmallLab.written(address),
        prefixLength: prefixLength, vlanID: vlanID,
        macAddress: macAddress.map { SmallLab.written($0) }))
  }

  /// Gives a host provider routes of its own.
  mutating func route(
    _ host: String, to prefix: String, via address: String?, metric: UInt64? = nil
  ) {
    hnv.providerRoutes.append(
      HNVSection.ProviderRoute(
        host: SmallLab.written(host), to: SmallLab.written(prefix),
        via: address.map { SmallLab.written($0) }, metric: metric))
  }
}
