import HNVCore

/// Many tenants alike, all with the same addresses, as tenants do.
///
/// Each has a routing domain, some virtual subnets in it, and machines that are spread over them
/// and over the hosts.
struct TenantNetwork {
  let tenantCount: Int
  let family: IPFamily
  let hostCount: Int
  /// The rules of a port in each direction; the last lets everything pass, the others match
  /// nothing that is sent here.
  let ruleCount: Int
  private let subnetIDs: [VirtualSubnetID]

  static let machinesPerTenant = 250
  static let subnetsPerTenant = 2

  init(tenantCount: Int, family: IPFamily, hostCount: Int = 1, ruleCount: Int = 1) {
    self.tenantCount = tenantCount
    self.family = family
    self.hostCount = hostCount
    self.ruleCount = ruleCount
    subnetIDs = (0..<tenantCount * Self.subnetsPerTenant).compactMap { number in
      try? VirtualSubnetID(UInt64(VirtualSubnetID.range.lowerBound) + UInt64(number))
    }
  }

  /// Machines are numbered through all tenants.
  var machineCount: Int { tenantCount * Self.machinesPerTenant }

  func routingDomain(of tenant: Int) -> RoutingDomainID {
    RoutingDomainID(bits: UInt128(tenant + 1))
  }

  func tenant(of machine: Int) -> Int { machine / Self.machinesPerTenant }

  func host(of machine: Int) -> Int { machine % hostCount }

  func subnet(of machine: Int) -> VirtualSubnetID { subnetIDs[subnetNumber(of: machine)] }

  private func subnetNumber(of machine: Int) -> Int {
    tenant(of: machine) * Self.subnetsPerTenant
      + machine % Self.machinesPerTenant * Self.subnetsPerTenant / Self.machinesPerTenant
  }

  func address(of machine: Int) -> IPAddress {
    let place = machine % Self.machinesPerTenant
    // The lowest usable address of a subnet is its gateway's.
    return address(subnetNumber(of: machine), host: 4 + place)
  }

  private func address(_ subnet: Int, host: Int) -> IPAddress {
    let number = subnet % Self.subnetsPerTenant
    return switch family {
    case .v4: .v4(IPv4Address(10, 0, UInt8(number), UInt8(host)))
    case .v6: .v6(IPv6Address(bits: 0xfd00 << 112 | UInt128(number) << 64 | UInt128(host)))
    }
  }

  func macAddress(of machine: Int) -> MACAddress {
    MACAddress(bits: 0x0015_5d00_0000 + UInt64(machine))
  }

  private func gatewayMAC(_ subnet: Int) -> MACAddress {
    MACAddress(bits: 0x0215_5d00_0000 + UInt64(subnet))
  }

  func providerAddress(of host: Int) -> IPAddress {
    .v4(IPv4Address(bits: 0xac10_0001 + UInt32(host)))
  }

  func key(of machine: Int) -> SubnetAddress {
    SubnetAddress(address(of: machine), in: subnet(of: machine))
  }

  func record(of machine: Int) -> LookupRecord {
    LookupRecord(
      customerAddress: address(of: machine), virtualSubnetID: subnet(of: machine),
      macAddress: macAddress(of: machine), providerAddress: providerAddress(of: host(of: machine)))
  }

  /// The records and routes that all hosts are given: first the machines' records, in their order.
  func forwarding() -> ForwardingPolicy {
    var policy = ForwardingPolicy()
    policy.lookupRecords.reserveCapacity(machineCount + subnetIDs.count)
    for machine in 0..<machineCount { policy.lookupRecords.append(record(of: machine)) }
    for (number, subnet) in subnetIDs.enumerated() {
      policy.lookupRecords.append(
        LookupRecord(
          customerAddress: address(number, host: 1), virtualSubnetID: subnet,
          macAddress: gatewayMAC(number),
          // What Microsoft's gateway sample writes for an address that is on no host.
          providerAddress: .v4(IPv4Address(169, 254, 254, 254))))
      let length = family == .v4 ? 24 : 64
      if let prefix = IPPrefix(containing: address(number, host: 0), length: length) {
        policy.customerRoutes.append(
          CustomerRoute(
            routingDomainID: routingDomain(of: number / Self.subnetsPerTenant),
            virtualSubnetID: subnet, destinationPrefix: prefix, nextHop: .onLink))
      }
    }
    return policy
  }

  /// Where a machine sends what is for another of its tenant.
  func nextHop(from sender: Int, to receiver: Int) -> MACAddress {
    let number = subnetNumber(of: sender)
    return subnetNumber(of: receiver) == number ? macAddress(of: receiver) : gatewayMAC(number)
  }

  /// What machines send.
  static var transport: Transport {
    .udp(UDPDatagram(sourcePort: 49152, destinationPort: 53))
  }

  /// The frame by which a machine sends to another of its tenant, as its guest addresses it.
  func frame(from sender: Int, to receiver: Int) -> EthernetFrame? {
    let packet = IPPacket(
      from: address(of: sender), to: address(of: receiver), timeToLive: 128,
      transport: Self.transport)
    return packet.map {
      EthernetFrame(
        destination: nextHop(from: sender, to: receiver), source: macAddress(of: sender),
        payload: .ip($0))
    }
  }
}

extension SubnetAddress: LookupKey {
  var bits: UInt128 {
    switch address {
    case .v4(let address): UInt128(address.bits)
    case .v6(let address): address.bits
    }
  }

  func disturbed(by word: UInt32) -> SubnetAddress {
    switch address {
    case .v4(let address):
      SubnetAddress(.v4(IPv4Address(bits: address.bits ^ word)), in: subnet)
    case .v6(let address):
      SubnetAddress(.v6(IPv6Address(bits: address.bits ^ UInt128(word))), in: subnet)
    }
  }
}
