import HNVCore

@testable import HNVSim

/// Networks on which every model is held to what it claims.
enum ContractLab {
  /// A and B share a subnet on two hosts, C is with A on one, X is in another subnet.
  static func plain(denying: Bool = false) -> Lab {
    Lab("contract") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24")
        network.subnet("back", "10.1.2.0/24")
      }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("C", on: "hv1", in: "front", "10.0.1.13")
      lab.machine("X", on: "hv3", in: "back", "10.1.2.11")
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
      guard denying else { return }
      let place = Place(file: "contract", line: 1)
      lab.machines[3].interfaces[0].rules = [
        Lab.PortRule(
          action: Written("allow", at: place), direction: Written("inbound", at: place),
          remote: Written("10.0.1.13/32", at: place))
      ]
      lab.machines[3].interfaces[0].rules += [
        Lab.PortRule(
          action: Written("deny", at: place), direction: Written("inbound", at: place),
          remote: Written("10.0.1.11/32", at: place))
      ]
    }
  }

  /// A's own default gateway is a machine of its subnet, and no route of the network leads there.
  static let guestGateway = Lab("guest gateway") { lab in
    lab.host("hv1")
    lab.host("hv2")
    lab.network("blue") { network in
      network.subnet("front", "10.0.1.0/24")
      network.subnet("back", "10.1.2.0/24")
    }
    lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
    lab.machine("A", on: "hv1", in: "front", "10.0.1.11", gateways: ["10.0.1.250"])
    lab.gateway("GW", on: "hv2") { gateway in
      gateway.interface(in: "front", "10.0.1.250")
      gateway.interface(outside: "internet", "203.0.113.2")
      gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
    }
  }

  /// The network's default route leads to a machine in the subnet of those whom it serves.
  static let sameSubnetNextHop = Lab("same-subnet next hop") { lab in
    lab.host("hv1")
    lab.host("hv2")
    lab.network("blue") { network in
      network.subnet("front", "10.0.1.0/24")
      network.subnet("back", "10.1.2.0/24")
      network.route(to: "0.0.0.0/0", via: "10.0.1.250")
    }
    lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
    lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
    lab.machine("X", on: "hv1", in: "back", "10.1.2.11")
    lab.gateway("GW", on: "hv2") { gateway in
      gateway.interface(in: "front", "10.0.1.250")
      gateway.interface(outside: "internet", "203.0.113.2")
      gateway.route(to: "10.1.2.0/24", via: "10.0.1.1")
      gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
    }
  }

  /// Two networks with the same addresses on the same hosts, each of them whole.
  static let twins = Lab("twins") { lab in
    lab.host("hv1")
    lab.host("hv2")
    for name in ["blue", "red"] {
      lab.network(name) { network in
        network.subnet("\(name)-front", "10.0.1.0/24")
        network.subnet("\(name)-back", "10.1.2.0/24")
      }
      lab.machine("\(name)-A", on: "hv1", in: "\(name)-front", "10.0.1.11")
      lab.machine("\(name)-B", on: "hv2", in: "\(name)-front", "10.0.1.12")
      lab.machine("\(name)-X", on: "hv2", in: "\(name)-back", "10.1.2.11")
    }
  }
}
