// A machine moves from one host to another while the network is in use: the change is applied to
// one host after the other, and the warnings show what is still missing.

import HNVCore

let front = try VirtualSubnetID(5001)
let tenant = try RoutingDomainID(parsing: "{11111111-2222-3333-4444-000000000001}")
let hosts = ["hv1": IPv4Address(192, 168, 4, 11), "hv2": IPv4Address(192, 168, 4, 12)]

func record(_ number: UInt8, at host: String) throws -> LookupRecord {
  LookupRecord(
    customerAddress: .v4(IPv4Address(10, 0, 1, number)), virtualSubnetID: front,
    macAddress: MACAddress(bits: 0x0015_5d00_0000 + UInt64(number)),
    providerAddress: .v4(hosts[host] ?? IPv4Address(bits: 0)))
}

func port(_ number: UInt8) -> VMPort {
  VMPort(
    vmName: "vm\(number)", macAddress: MACAddress(bits: 0x0015_5d00_0000 + UInt64(number)),
    virtualSubnetID: front)
}

let forwarding = ForwardingPolicy(
  lookupRecords: [try record(11, at: "hv1"), try record(12, at: "hv2")],
  customerRoutes: [
    CustomerRoute(
      routingDomainID: tenant, virtualSubnetID: front,
      destinationPrefix: try IPPrefix(parsing: "10.0.1.0/24"), nextHop: .onLink)
  ])
let policy = NetworkPolicy(
  hosts: hosts.sorted { $0.key < $1.key }.map { name, address in
    NetworkPolicy.Host(
      name,
      policy: HostPolicy(
        forwarding: forwarding,
        providerAddresses: [ProviderAddress(.v4(address), prefixLength: 24)],
        ports: [port(name == "hv1" ? 11 : 12)]))
  })

var network = try CompiledNetwork(policy)
let moved = try record(12, at: "hv2")
let target = try record(12, at: "hv1").providerAddress

try network.apply([
  PolicyUpdate(.disconnect(moved.macAddress, front), on: ["hv2"]),
  PolicyUpdate(.connect(port(12)), on: ["hv1"]),
  PolicyUpdate(.setProviderAddress(of: moved.key, to: target), on: ["hv1"]),
])
for warning in network.warnings { print(warning) }

try network.apply([
  PolicyUpdate(.setProviderAddress(of: moved.key, to: target), on: ["hv2"])
])
print("\(network.warnings.count) warnings, now that all hosts know")

let question = Transport.udp(UDPDatagram(sourcePort: 49152, destinationPort: 53))
let matrix = network.reach(in: tenant, by: .v4, carrying: question)
for (sender, receiver) in matrix.unreached {
  print(matrix.endpoints[sender].address, "does not reach", matrix.endpoints[receiver].address)
}
print("\(matrix.reachedCount) pairs do")
