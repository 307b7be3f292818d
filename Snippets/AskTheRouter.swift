// HNVCore alone: one host's router, asked about one frame.

import HNVCore

let subnet = try VirtualSubnetID(5001)
let domain = try RoutingDomainID(parsing: "{11111111-2222-3333-4444-000000000001}")
let forwarding = ForwardingPolicy(
  lookupRecords: [
    LookupRecord(
      customerAddress: .v4(IPv4Address(10, 0, 1, 11)), virtualSubnetID: subnet,
      macAddress: try MACAddress(parsing: "00155D000001"),
      providerAddress: .v4(IPv4Address(192, 168, 4, 11))),
    LookupRecord(
      customerAddress: .v4(IPv4Address(10, 0, 1, 12)), virtualSubnetID: subnet,
      macAddress: try MACAddress(parsing: "00155D000002"),
      providerAddress: .v4(IPv4Address(192, 168, 4, 12))),
  ],
  customerRoutes: [
    CustomerRoute(
      routingDomainID: domain, virtualSubnetID: subnet,
      destinationPrefix: try IPPrefix(parsing: "10.0.1.0/24"), nextHop: .onLink)
  ])

let router = DistributedRouter(forwarding)
let answer = try router.selectNextHop(
  from: .v4(IPv4Address(10, 0, 1, 11)), to: .v4(IPv4Address(10, 0, 1, 12)), in: subnet)
print("next hop \(answer.nextHopAddress) is \(answer.nextHopMACAddress)")
