/// What tells one adapter from all others: its MAC address, in its virtual subnet.
struct AdapterKey: Hashable {
  let subnet: VirtualSubnetID
  let address: MACAddress

  init(subnet: VirtualSubnetID, address: MACAddress) {
    self.subnet = subnet
    self.address = address
  }

  /// The adapter of a record's machine.
  init(_ record: LookupRecord) {
    self.init(subnet: record.virtualSubnetID, address: record.macAddress)
  }
}
