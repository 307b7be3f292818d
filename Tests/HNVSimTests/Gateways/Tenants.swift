import HNVCore
import HNVSim

/// Tenants behind one gateway machine, whose addresses are drawn from one small pool: who must and
/// who must not be reached follows from the draw alone.
struct Tenants {
  struct Machine: Hashable {
    let tenant: Int
    let address: String
    let host: Int

    var name: String { "t\(tenant)-\(address)" }
  }

  static let pool = ["10.0.1.11", "10.0.1.12", "10.0.1.13"]

  let count: Int
  let machines: [Machine]
  /// Whether the gateway's adapters towards the tenants are one adapter.
  let isShared: Bool

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    count = Int.random(in: 2...3, using: &random)
    isShared = Bool.random(using: &random)
    var machines: [Machine] = []
    for tenant in 0..<count {
      // At least one each, and by chance more.
      let sure = Int.random(in: 0..<3, using: &random)
      for (index, address) in Self.pool.enumerated()
      where index == sure || Bool.random(using: &random) {
        machines.append(
          Machine(
            tenant: tenant, address: address, host: Int.random(in: 1...2, using: &random)))
      }
    }
    self.machines = machines
  }

  /// The machine of a tenant that has an address; `nil` when none has.
  func machine(of tenant: Int, at address: String) -> Machine? {
    machines.first { $0.tenant == tenant && $0.address == address }
  }

  func port(published machine: Machine) -> UInt64 {
    8000 + UInt64(machines.firstIndex(of: machine) ?? 0)
  }

  func site(_ tenant: Int) -> String { "site\(tenant)" }

  var lab: Lab {
    Lab("tenants") { lab in
      for host in 1...3 { lab.host("hv\(host)") }
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      for tenant in 0..<count {
        lab.network("tenant\(tenant)") { network in
          network.subnet("front\(tenant)", "10.0.1.0/24")
          network.subnet("gateway\(tenant)", "10.0.2.0/24")
          network.route(to: "0.0.0.0/0", via: "10.0.2.250")
        }
        lab.outside(
          site(tenant), link: "172.31.0.0/30", addresses: ["192.168.5.10"],
          tunnelTo: "198.51.100.\(100 + tenant)")
      }
      for machine in machines {
        lab.machine(
          machine.name, on: "hv\(machine.host)", in: "front\(machine.tenant)", machine.address)
      }
      lab.gateway("GW", on: "hv3") { gateway in
        gateway.interface(outside: "internet", "203.0.113.2", translates: true)
        for machine in machines {
          gateway.publish(
            .tcp, port(published: machine), to: machine.address, port: 80,
            compartment: "c\(machine.tenant)")
        }
        gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
        for tenant in 0..<count {
          let compartment = "c\(tenant)"
          gateway.interface(
            in: "gateway\(tenant)", "10.0.2.250", compartment: compartment,
            mac: isShared ? "02-00-00-00-00-99" : nil)
          gateway.interface(outside: site(tenant), "172.31.0.2", compartment: compartment)
          gateway.route(to: "10.0.1.0/24", via: "10.0.2.1", compartment: compartment)
          gateway.route(to: "192.168.5.0/24", via: "172.31.0.1", compartment: compartment)
        }
      }
    }
  }
}
