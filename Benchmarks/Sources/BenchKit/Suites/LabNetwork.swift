import HNVSim

/// A lab with many machines: tenants of at most 250, each with two subnets, over many hosts.
struct LabNetwork {
  let machineCount: Int
  let hostCount: Int

  private static let machinesPerTenant = 250

  init(machineCount: Int) {
    self.machineCount = machineCount
    hostCount = max(2, min(1_000, machineCount / 50))
  }

  private var tenantCount: Int { (machineCount - 1) / Self.machinesPerTenant + 1 }

  private func subnet(_ tenant: Int, _ half: Int) -> String { "t\(tenant)-\(half)" }

  private func machine(_ number: Int) -> String { "m\(number)" }

  private func host(_ number: Int) -> String { "hv\(number)" }

  private func home(of number: Int) -> (subnet: String, host: String, address: String) {
    let place = number % Self.machinesPerTenant
    let half = place & 1
    return (
      subnet(number / Self.machinesPerTenant, half), host(number % hostCount),
      "10.0.\(half).\(4 + place)"
    )
  }

  /// The lab as Swift builds it.
  func lab() -> Lab {
    Lab("\(machineCount) machines") { lab in
      for number in 0..<hostCount { lab.host(host(number)) }
      for tenant in 0..<tenantCount {
        lab.network("t\(tenant)") { network in
          for half in 0...1 { network.subnet(subnet(tenant, half), "10.0.\(half).0/24") }
        }
      }
      for number in 0..<machineCount {
        let home = home(of: number)
        lab.machine(machine(number), on: home.host, in: home.subnet, home.address)
      }
    }
  }

  /// The same lab as a file has it.
  func text() -> [UInt8] {
    var text = "{\n  name: \"\(machineCount) machines\",\n  hosts: ["
    for number in 0..<hostCount { text += "{ name: \"\(host(number))\" }," }
    text += "],\n  networks: [\n"
    for tenant in 0..<tenantCount {
      text += "    { name: \"t\(tenant)\", subnets: ["
      for half in 0...1 {
        text += "{ name: \"\(subnet(tenant, half))\", prefixes: [\"10.0.\(half).0/24\"] },"
      }
      text += "] },\n"
    }
    text += "  ],\n  machines: [\n"
    for number in 0..<machineCount {
      let home = home(of: number)
      text += "    { name: \"\(machine(number))\", host: \"\(home.host)\","
      text += " interfaces: [{ subnet: \"\(home.subnet)\", addresses: [\"\(home.address)\"] }] },\n"
    }
    return Array((text + "  ],\n}\n").utf8)
  }

  /// The first machine, which moves to the second host, and another of its subnet.
  var move: (machine: String, address: String, host: String, neighbor: String) {
    (machine(0), home(of: 0).address, host(1), machine(2))
  }

  /// Questions between random machines of one tenant.
  func questions(_ count: Int) -> [Question] {
    var generator = SplitMix64(seed: 9)
    func random(_ limit: Int) -> Int {
      Int(generator.next().multipliedFullWidth(by: UInt64(limit)).high)
    }
    return (0..<count).map { _ in
      let first = random(tenantCount) * Self.machinesPerTenant
      let room = min(Self.machinesPerTenant, machineCount - first)
      let sender = random(room)
      // Not the sender itself.
      let receiver = (sender + 1 + random(max(1, room - 1))) % room
      return Question(from: machine(first + sender), to: machine(first + receiver))
    }
  }
}
