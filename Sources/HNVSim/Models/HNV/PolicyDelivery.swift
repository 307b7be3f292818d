import HNVCore

/// What the delivery of a piece of policy, or its loss, makes of a host's records and routes.
extension ForwardingPolicy {
  /// Puts records in place of those that have their keys and of all others of an address, given the
  /// router compiled from the policy.
  ///
  /// - Returns: what was done.
  mutating func deliver(
    _ records: [LookupRecord], of address: IPAddress, _ router: DistributedRouter
  ) -> Set<ForwardingEdit> {
    let known = known(records, of: address, router)
    guard known.count == records.count,
      zip(known, records).allSatisfy({ lookupRecords[$0].key == $1.key })
    else {
      remove(known)
      lookupRecords += records
      return [.other]
    }
    var edits: Set<ForwardingEdit> = []
    for (number, record) in zip(known, records) where lookupRecords[number] != record {
      var moved = lookupRecords[number]
      moved.providerAddress = record.providerAddress
      edits.insert(moved == record ? .moved(number) : .other)
      lookupRecords[number] = record
    }
    return edits
  }

  /// The numbers of the records that others are to replace.
  private func known(
    _ records: [LookupRecord], of address: IPAddress, _ router: DistributedRouter
  ) -> [Int] {
    let others = Set(records.lazy.filter { $0.customerAddress != address }.map(\.key))
    let same = Set(others.lazy.map(\.customerAddress)).flatMap { router.records(of: $0) }
      .filter { others.contains(lookupRecords[$0].key) }
    return same.isEmpty
      ? router.records(of: address) : (router.records(of: address) + same).sorted()
  }

  private mutating func remove(_ numbers: [Int]) {
    let gone = Set(numbers)
    lookupRecords = RecordList(
      lookupRecords.indices.filter { !gone.contains($0) }.map { lookupRecords[$0] })
  }

  /// Removes records by their numbers.
  ///
  /// - Returns: what was done.
  mutating func withhold(_ numbers: [Int]) -> Set<ForwardingEdit> {
    if numbers.isEmpty { return [] }
    remove(numbers)
    return [.other]
  }

  /// Puts routes in place of all others to a prefix.
  ///
  /// - Returns: what was done.
  mutating func deliver(_ routes: [CustomerRoute], to prefix: IPPrefix) -> Set<ForwardingEdit> {
    customerRoutes.removeAll { $0.destinationPrefix == prefix }
    customerRoutes += routes
    return [.other]
  }

  /// Replaces everything.
  ///
  /// - Returns: what was done.
  mutating func replace(by whole: ForwardingPolicy) -> Set<ForwardingEdit> {
    self = whole
    return [.other]
  }
}
