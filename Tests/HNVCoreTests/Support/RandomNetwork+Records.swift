import HNVCore

extension RandomNetwork {
  /// The records as they were meant, in any order.
  func records(_ random: inout SplitMix64) throws -> RecordList {
    var records: RecordList = []
    for index in machines.indices {
      let machine = machines[index]
      var record = LookupRecord(
        customerAddress: machine.address, virtualSubnetID: machine.subnet,
        macAddress: machine.macAddress, providerAddress: Article.provider(machine.host))
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        // Half of them have been learned already.
        record.type = .dynamic
        if Bool.random(using: &random) { records.append(record) }
        record.type = .l2Only
        record.customerAddress = nowhere
      case 1:
        record.rule = .nat
        record.providerAddress = ownProvider(index)
        record.usesVMMACAddress = Bool.random(using: &random)
      case 2: record.rule = .none
      default: break
      }
      records.append(record)
      guard machine.address == article.gateway.address else { continue }
      record.customerAddress = nowhere
      record.type = .gatewayWildcard
      records.append(record)
    }
    for domain in 0..<2 {
      for network in Article.Network.all {
        records.append(
          LookupRecord(
            customerAddress: try article.address(network, 1),
            virtualSubnetID: try Self.subnet(domain, network), macAddress: MACAddress(bits: 1),
            providerAddress: .v4(IPv4Address(169, 254, 254, 254))))
        if random.hits(1, in: 2) { records.append(try groupRecord(domain, network, &random)) }
      }
    }
    return RecordList(records.shuffled(using: &random))
  }

  /// 0.0.0.0 or ::, the address of records that have none.
  private var nowhere: IPAddress { IPPrefix.everything(article.family).address }

  /// The provider group of every group record that has one.
  static let providerGroup = IPAddress.v4(IPv4Address(239, 1, 1, 1))

  /// A group's record, with a provider group or, by mistake, the address of one host.
  private func groupRecord(
    _ domain: Int, _ network: Article.Network, _ random: inout SplitMix64
  ) throws -> LookupRecord {
    let all = IPAddress.v4(IPv4Address(bits: .max))
    return LookupRecord(
      customerAddress: random.hits(1, in: 2) ? article.group : all,
      virtualSubnetID: try Self.subnet(domain, network), macAddress: .broadcast,
      providerAddress: random.hits(1, in: 4) ? Article.provider(0) : Self.providerGroup)
  }

  /// A record as one host has it; `nil` where it was lost.
  func deviating(_ record: LookupRecord, _ random: inout SplitMix64) -> LookupRecord? {
    var record = record
    if random.hits(1, in: 10) { return nil }
    if random.hits(1, in: 15) { record.isUnusable = true }
    if record.type == .static {
      if random.hits(1, in: 8) { record.type = .dynamic }
      // As if it had been learned or written in another subnet, or of another machine.
      if random.hits(1, in: 10) {
        record.virtualSubnetID = machines[Int.random(in: 0..<9, using: &random)].subnet
      }
      if random.hits(1, in: 10) { record.customerAddress = machines[0].address }
    }
    if random.hits(1, in: 12) {
      let host = Int.random(in: 0..<Self.hostCount + 1, using: &random)
      record.providerAddress =
        Bool.random(using: &random)
        ? Article.provider(host)
        : Self.provider6(host)
    }
    return record
  }
}
