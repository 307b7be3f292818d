import HNVCore

extension Article {
  /// A change that may be sensible, wrong, or of what is not there, on one host or on several.
  func randomUpdate(
    of policy: NetworkPolicy, _ random: inout SplitMix64
  ) throws -> PolicyUpdate {
    let count = random.hits(1, in: 3) ? Int.random(in: 1...3, using: &random) : 1
    let hosts = policy.hosts.map(\.name).shuffled(using: &random).prefix(count)
    return PolicyUpdate(try randomChange(of: policy, &random), on: Array(hosts))
  }

  private func randomChange(
    of policy: NetworkPolicy, _ random: inout SplitMix64
  ) throws -> PolicyChange {
    let host = policy.hosts[Int.random(in: 0..<3, using: &random)]
    let forwarding = host.policy.forwarding
    var record = record(of: machines[Int.random(in: 0..<5, using: &random)])
    if Bool.random(using: &random) {
      record.customerAddress = try address(.clients, Int.random(in: 1..<4, using: &random))
      record.macAddress = MACAddress(bits: UInt64.random(in: 0..<4, using: &random))
    }
    let port = VMPort(
      vmName: "", macAddress: record.macAddress, virtualSubnetID: record.virtualSubnetID)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return .newLookupRecord(record)
    case 1: return .removeLookupRecord(record.key)
    case 2:
      let provider = Article.provider(Int.random(in: 0..<4, using: &random))
      return .setProviderAddress(of: record.key, to: provider)
    case 3:
      let prefix = try prefix(
        around: record.customerAddress,
        length: family.bitWidth - Int.random(in: 0..<6, using: &random))
      return .newCustomerRoute(onLink(record.virtualSubnetID, prefix))
    case 4:
      let route = forwarding.customerRoutes.randomElement(using: &random)
      return .removeCustomerRoute((route ?? via(outside, .everything(family))).key)
    case 5: return .connect(port)
    default: return .disconnect(port.macAddress, record.virtualSubnetID)
    }
  }
}
