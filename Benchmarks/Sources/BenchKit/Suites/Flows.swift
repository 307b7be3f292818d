import HNVCore

/// The numbers that stand for decisions in checksums.
enum Flow {
  /// The number of a delivery.
  static func number(ofPort port: Int) -> UInt32 { UInt32(port + 1) }

  /// The number of a way to another host.
  static func number(ofTunnelTo host: IPAddress) -> UInt32 {
    switch host {
    case .v4(let address): address.bits
    case .v6(let address): UInt32(truncatingIfNeeded: address.bits)
    }
  }
}

/// Frames between random machines of random tenants, and what should be decided about them, known
/// from how the network was built.
struct Flows {
  let all: [DecisionBatch.Sending]
  let checksum: UInt64

  var count: Int { all.count }

  /// Frames from machines of the first host, to others on it or, where there are two, on the other.
  init(_ network: TenantNetwork) {
    // In a large network so many that caches do not hold all that they touch.
    let count = network.machineCount < 100_000 ? 1 << 14 : 1 << 17
    var generator = SplitMix64(seed: 5)
    func random(_ limit: Int) -> Int {
      Int(generator.next().multipliedFullWidth(by: UInt64(limit)).high)
    }
    var flows: [DecisionBatch.Sending] = []
    var sum: UInt64 = 0
    while flows.count < count {
      let first = random(network.tenantCount) * TenantNetwork.machinesPerTenant
      let sender = first + random(TenantNetwork.machinesPerTenant)
      let receiver = first + random(TenantNetwork.machinesPerTenant)
      guard network.host(of: sender) == 0, receiver != sender,
        network.hostCount == 1 || network.host(of: receiver) != 0,
        let frame = network.frame(from: sender, to: receiver)
      else { continue }
      flows.append(DecisionBatch.Sending(FlowKey(frame), from: sender / network.hostCount))
      sum &+= UInt64(
        network.hostCount == 1
          ? Flow.number(ofPort: receiver)
          : Flow.number(ofTunnelTo: network.providerAddress(of: network.host(of: receiver))))
    }
    all = flows
    checksum = sum
  }
}
