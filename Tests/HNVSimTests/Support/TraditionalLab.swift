import HNVSim

/// The network of Labs/traditional.json5, written in Swift: A and C on hv1, B on hv2, GW and X on
/// hv3, and GW at 10.0.1.250 among the machines it serves.
enum TraditionalLab {
  static func lab(_ change: (inout Lab) -> Void = { _ in }) -> Lab {
    Lab("traditional") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24")
        network.subnet("back", "10.1.2.0/24")
        network.route(to: "0.0.0.0/0", via: "10.0.1.250")
      }
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
      lab.machine("C", on: "hv1", in: "front", "10.0.1.13")
      lab.machine("X", on: "hv3", in: "back", "10.1.2.11")
      lab.gateway("GW", on: "hv3") { gateway in
        gateway.interface(in: "front", "10.0.1.250")
        gateway.interface(outside: "internet", "203.0.113.2")
        gateway.route(to: "10.1.2.0/24", via: "10.0.1.1")
        gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
      }
      change(&lab)
    }
  }
}
