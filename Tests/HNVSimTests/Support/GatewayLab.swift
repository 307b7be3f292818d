import HNVCore
import HNVSim

/// `SmallLab` with a forwarding machine in a subnet of its own and an outside network, in one
/// family.
///
/// GW's link to the outside carries 1500 bytes, that into its subnet 1458.
enum GatewayLab {
  static func fabric(
    _ family: IPFamily, _ change: (inout Lab) -> Void = { _ in }
  ) throws(Diagnostics) -> Fabric {
    try Fabric(
      SmallLab.lab([family]) { lab in
        add(to: &lab, Addresses(family))
        change(&lab)
      })
  }

  /// The addresses of a family.
  struct Addresses {
    let transit, everything, front, back, wire: String
    let gateway, router, gatewayOutside, outsideRouter, outside, nowhere, unreached: String

    init(_ family: IPFamily) {
      let is4 = family == .v4
      func one(_ v4: String, _ v6: String) -> String { is4 ? v4 : v6 }
      transit = one("10.0.2.0/24", "fd00:3::/64")
      everything = one("0.0.0.0/0", "::/0")
      front = one("10.0.1.0/24", "fd00:1::/64")
      back = one("10.1.2.0/24", "fd00:2::/64")
      wire = one("203.0.113.0/24", "2001:db8:1::/64")
      gateway = one("10.0.2.250", "fd00:3::250")
      router = one("10.0.2.1", "fd00:3::1")
      gatewayOutside = one("203.0.113.2", "2001:db8:1::2")
      outsideRouter = one("203.0.113.1", "2001:db8:1::1")
      outside = one("198.51.100.10", "2001:db8:9::10")
      nowhere = one("10.0.2.99", "fd00:3::99")
      unreached = one("192.0.2.1", "2001:db8:7::1")
    }
  }

  private static func add(to lab: inout Lab, _ addresses: Addresses) {
    lab.networks[0].subnet("transit", addresses.transit)
    lab.networks[0].route(to: addresses.everything, via: addresses.gateway)
    lab.outside("internet", link: addresses.wire, addresses: [addresses.outside])
    lab.gateway("GW", on: "hv3") { machine in
      machine.interface(in: "transit", addresses.gateway)
      machine.interface(outside: "internet", addresses.gatewayOutside)
      machine.route(to: addresses.front, via: addresses.router)
      machine.route(to: addresses.back, via: addresses.router)
      machine.route(to: addresses.everything, via: addresses.outsideRouter)
    }
  }

  /// The bytes before an echo's payload.
  static func headers(_ family: IPFamily) -> Int { family == .v4 ? 28 : 48 }
}

extension Trace {
  /// The IP packet as it arrived.
  var arrived: IPPacket? { delivered?.frame.packet }
}
