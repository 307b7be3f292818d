/// What a host changes of its own policy, without being told by an administrator.
extension ForwardingPolicy {
  /// Puts a Dynamic record beside the L2Only record of a machine whose address was learned.
  ///
  /// What was learned of the address before is forgotten: machines that hand an address on to one
  /// another announce it.
  ///
  /// - Returns: the record's key.
  @discardableResult
  public mutating func learn(_ learned: LearnedAddress) -> LookupRecord.Key? {
    guard lookupRecords.indices.contains(learned.record) else { return nil }
    var record = lookupRecords[learned.record]
    record.customerAddress = learned.address
    record.type = .dynamic
    let key = record.key
    lookupRecords.removeAll { other in
      other.type == .dynamic && other.virtualSubnetID == record.virtualSubnetID
        && other.customerAddress == record.customerAddress && other.key != key
    }
    if !lookupRecords.contains(where: { $0.key == key }) { lookupRecords.append(record) }
    return key
  }

  /// Follows a REDIRECT: records of a machine that lead to the reporting host lead to its new one.
  ///
  /// - Returns: whether any record did; what no record names is not redirected.
  public mutating func redirect(
    _ mac: MACAddress, in subnet: VirtualSubnetID, from reporter: IPAddress, to target: IPAddress
  ) -> Bool {
    var found = false
    for index in lookupRecords.indices
    where lookupRecords[index].macAddress == mac
      && lookupRecords[index].virtualSubnetID == subnet
      && lookupRecords[index].providerAddress == reporter
    {
      lookupRecords[index].providerAddress = target
      found = true
    }
    return found
  }
}
