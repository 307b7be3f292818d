/// The rules of addresses, policies and frames: `core` says which there are, in the order in which
/// they are documented.
extension DiagnosticRule {
  // MARK: - Addresses

  package static let ipv4Syntax = DiagnosticRule(
    "ipv4-syntax", .error,
    "An IPv4 address is four decimal octets from 0 to 255, separated by dots.",
    source: "RFC 3986 section 3.2.2, IPv4address; RFC 6943 section 3.1.1, the strict form",
    fix: "write four numbers from 0 to 255 with dots between them, such as 10.0.1.2")

  package static let ipv6Syntax = DiagnosticRule(
    "ipv6-syntax", .error,
    "An IPv6 address is eight groups of hexadecimal digits, of which one run of zeros may be '::'.",
    source: "RFC 4291 section 2.2",
    fix: "write up to eight groups of one to four hexadecimal digits, such as 2001:db8::2")

  package static let ipSyntax = DiagnosticRule(
    "ip-syntax", .error,
    "An IP address has dots between its octets or colons between its groups.",
    source: "RFC 3986 section 3.2.2, IPv4address; RFC 4291 section 2.2",
    fix: "write an address such as 10.0.1.2 or 2001:db8::2")

  package static let prefixSyntax = DiagnosticRule(
    "prefix-syntax", .error,
    "A prefix is an address, a slash and the length as a decimal number.",
    source: "RFC 4632 section 3.1; RFC 4291 section 2.3",
    fix: "write a prefix such as 10.0.1.0/24 or 2001:db8::/64")

  package static let prefixLength = DiagnosticRule(
    "prefix-length", .error,
    "A prefix is at most as long as its address: 32 bits for IPv4, 128 bits for IPv6.",
    source: "RFC 4632 section 3.1; RFC 4291 section 2.3",
    fix: "use a length from 0 to 32 for IPv4, or from 0 to 128 for IPv6")

  package static let prefixHostBits = DiagnosticRule(
    "prefix-host-bits", .error,
    "The bits of a prefix's address beyond its length are zero.",
    source: "this library: one prefix has one spelling, and a typing error is caught",
    fix: "clear the bits beyond the length, or write a host address with its full length")

  package static let macSyntax = DiagnosticRule(
    "mac-syntax", .error,
    "A MAC address is twelve hexadecimal digits, bare or in groups of two (- or :) or four (.).",
    source: "IEEE 802-2014 section 8.1; New-NetVirtualizationLookupRecord, the bare form",
    fix: "write a MAC address such as 00-15-5D-01-02-03")

  // MARK: - Policy: errors

  package static let virtualSubnetIDRange = DiagnosticRule(
    "vsid-range", .error, "A virtual subnet ID lies between 4096 and 16777214.",
    source: "New-NetVirtualizationLookupRecord, -VirtualSubnetID; RFC 7637 reserves the rest",
    fix: "choose a number from 4096 to 16777214")

  package static let routingDomainIDSyntax = DiagnosticRule(
    "rdid-syntax", .error, "A routing domain ID is a GUID of 32 hexadecimal digits.",
    source: "New-NetVirtualizationCustomerRoute, -RoutingDomainID",
    fix: "write it like {11111111-2222-3333-4444-000000000000}")

  package static let duplicateHost = DiagnosticRule(
    "duplicate-host", .error, "Every host has a name of its own.",
    source: "this library: reports name hosts", fix: "rename one of them")

  package static let virtualSubnetInTwoDomains = DiagnosticRule(
    "vsid-in-two-domains", .error, "A virtual subnet belongs to exactly one routing domain.",
    source: "HNV technical details (2016); Microsoft's two-tenant sample",
    fix: "give one of the two virtual subnets another number")

  package static let overlappingPrefixes = DiagnosticRule(
    "overlapping-prefixes", .error,
    "The prefixes of virtual subnets in one routing domain do not overlap.",
    source: "HNV technical details (2012 R2), opening",
    fix: "change one prefix, or put one subnet into another routing domain")

  package static let secondPrefix = DiagnosticRule(
    "second-prefix", .error, "A virtual subnet has one on-link prefix for each address family.",
    source: "OpenStack's Hyper-V NVGRE driver, whose second prefix was refused",
    fix: "give the second prefix a virtual subnet of its own")

  package static let addressOutsideSubnet = DiagnosticRule(
    "ca-outside-subnet", .error,
    "A lookup record's customer address is in a prefix of its virtual subnet.",
    source: "Microsoft's two-tenant sample; HNV technical details",
    fix: "correct the address or the virtual subnet")

  package static let reservedAddress = DiagnosticRule(
    "reserved-address", .error,
    "The lowest usable address of a virtual subnet is HNV's gateway; no VM may use it.",
    source: "Microsoft's two-tenant sample (10.2.3.1 of 10.2.3.0/24); HNV technical details (2016)",
    fix: "give the machine another address")

  package static let duplicateCustomerAddress = DiagnosticRule(
    "duplicate-ca", .error,
    "A unicast customer address has one static lookup record in a routing domain.",
    source: "HNV technical details: addresses may repeat across routing domains, not within one",
    fix: "remove one of the two records, or correct its address")

  package static let duplicateEntry = DiagnosticRule(
    "duplicate-entry", .error, "No two entries of a host's policy have the same key.",
    source: "the cmdlets' Set-… select an entry by its key",
    fix: "remove one of the two")

  package static let unknownEntry = DiagnosticRule(
    "unknown-entry", .error, "A change names a host and an entry that the host has.",
    source: "Set-… and Remove-… of the cmdlets select an entry by its key",
    fix: "name an entry that the host has")

  package static let duplicateProviderAddress = DiagnosticRule(
    "pa-on-two-hosts", .error, "A provider address is assigned on only one host.",
    source: "Microsoft's two-tenant sample", fix: "give one of the hosts another provider address")

  package static let providerAddressForm = DiagnosticRule(
    "pa-form", .error,
    "A provider address is a unicast address with a prefix length of its family.",
    source: "New-NetVirtualizationProviderAddress, -ProviderAddress and -PrefixLength",
    fix: "write a unicast address and a prefix length from 0 to 32 (IPv4) or 0 to 128 (IPv6)")

  package static let routeForm = DiagnosticRule(
    "route-form", .error, "A route's next hop is a unicast address of its prefix's family.",
    source: "New-NetVirtualizationCustomerRoute and New-NetVirtualizationProviderRoute, -NextHop",
    fix: "use the address of one machine, of the same family as the prefix")

  package static let recordForm = DiagnosticRule(
    "record-form", .error,
    "A record of type GatewayWildcard or L2Only has the address 0.0.0.0 or ::, others do not;"
      + " UseVmMACAddress needs the rule Nat.",
    source: "New-NetVirtualizationLookupRecord, -Type and -UseVmMACAddress",
    fix: "correct the record's type or its address")

  package static let accessRuleForm = DiagnosticRule(
    "access-rule-form", .error,
    "Access rules of one port and direction have different weights, one address family, and"
      + " ports only with TCP or UDP; stateful rules allow.",
    source: "Add-VMNetworkAdapterExtendedAcl; Remove-… selects by direction and weight",
    fix: "correct the access rule")

  package static let basicRuleForm = DiagnosticRule(
    "basic-rule-form", .error,
    "Basic rules of one port and direction select different addresses; meter rules select IP"
      + " addresses.",
    source: "Add-VMNetworkAdapterAcl; Hyper-V answers a repeated entry with \"already exists\"",
    fix: "correct the basic rule")

  package static let mappedDomain = DiagnosticRule(
    "mapped-domain", .error,
    "The isolation IDs of a routing domain mapping are virtual subnets of its routing domain.",
    source: "Add-VMNetworkAdapterRoutingDomainMapping, -RoutingDomainID and -IsolationID",
    fix: "map the virtual subnet to the routing domain of its customer routes")

  package static let externalGatewaySubnet = DiagnosticRule(
    "gateway-in-vm-subnet", .error,
    "From Windows Server 2012 R2 on, an external gateway is in a virtual subnet of its own.",
    source: "the article; setting externalGateway",
    fix: "move the gateway into a virtual subnet without other machines, or use release 2012")

  // MARK: - Policy: warnings

  package static let undeliveredRecord = DiagnosticRule(
    "undelivered-record", .warning,
    "Every host with machines in a routing domain has all of the domain's lookup records.",
    source: "Microsoft, Troubleshoot the SDN stack: policy not updated on all hosts",
    fix: "deliver the record to the host")

  package static let undeliveredRoute = DiagnosticRule(
    "undelivered-route", .warning,
    "Every host with machines in a routing domain has all of the domain's customer routes.",
    source: "Microsoft, Troubleshoot the SDN stack: policy not updated on all hosts",
    fix: "deliver the route to the host")

  package static let driftedRecord = DiagnosticRule(
    "drifted-record", .warning,
    "All hosts that have a lookup record for an address have the same one.",
    source: "Microsoft, Troubleshoot the SDN stack: configuration drift",
    fix: "deliver the record again to the host that differs")

  package static let driftedRoute = DiagnosticRule(
    "drifted-route", .warning,
    "All hosts that have a customer route to a prefix have the same one.",
    source: "Microsoft, Troubleshoot the SDN stack: configuration drift",
    fix: "deliver the route again to the host that differs")

  package static let unresolvedNextHop = DiagnosticRule(
    "unresolved-next-hop", .warning,
    "A customer route's next hop has a lookup record in the route's virtual subnet.",
    source: "ipSpace, HNV packet forwarding (2013): the next hop is looked up as a record",
    fix: "add a lookup record for the next hop, or correct the route")

  package static let unknownProviderAddress = DiagnosticRule(
    "unknown-pa", .warning, "A lookup record's provider address is assigned on some host.",
    source: "Microsoft's two-tenant sample: a host must own the addresses its records name",
    fix: "correct the record's provider address, or assign it on the machine's host")

  package static let uncoveredRecord = DiagnosticRule(
    "uncovered-record", .warning,
    "A lookup record's address is covered by an on-link route of its virtual subnet.",
    source: "ipSpace, HNV packet forwarding (2013): the route table is searched first",
    fix: "add the on-link route of the virtual subnet")

  package static let tiedRoutes = DiagnosticRule(
    "tied-routes", .warning,
    "Customer routes to one prefix of a routing domain have different metrics.",
    source: "New-NetVirtualizationCustomerRoute, -Metric: the lowest wins; setting metricTie",
    fix: "give the preferred route the lowest metric")

  package static let staleRecord = DiagnosticRule(
    "stale-record", .warning,
    "A lookup record's provider address is assigned on the host that has its machine's port.",
    source: "[MS-NVGREE]: after a live migration every host's records must change",
    fix: "set the record's provider address to one of the machine's host")

  package static let duplicatePort = DiagnosticRule(
    "port-on-two-hosts", .warning,
    "A MAC address has a port on only one host in a virtual subnet.",
    source: "[MS-NVGREE]: after a live migration the machine is on its new host alone",
    fix: "disconnect the port on the host that the machine has left")

  package static let providerFamily = DiagnosticRule(
    "provider-family", .warning,
    "A host has a provider address of every family that its records' provider addresses have.",
    source: "RFC 7637, section 3.2: the outer header is of IPv4 or of IPv6",
    fix: "give all hosts provider addresses of one family")

  package static let unrecordedPort = DiagnosticRule(
    "unrecorded-port", .warning, "A VM port has a lookup record on its own host.",
    source:
      "Microsoft's two-tenant sample: packets that do not match their record are not processed",
    fix: "add a lookup record with the port's virtual subnet and MAC address")

  package static let unreachableRule = DiagnosticRule(
    "unreachable-rule", .warning,
    "Every access rule applies to its port's virtual subnet and decides some packet.",
    source: "Add-VMNetworkAdapterExtendedAcl: the first match ends the evaluation",
    fix: "give the rule a higher weight, or remove it")

  package static let unroutedProviderAddress = DiagnosticRule(
    "no-provider-route", .warning,
    "A host reaches every provider address in its records, on-link or by a provider route.",
    source: "Microsoft's samples: hosts share the prefix of their provider addresses, or each has a"
      + " provider route", fix: "add a provider route to the host")

  package static let providerNextHop = DiagnosticRule(
    "provider-next-hop", .warning,
    "A provider route's next hop is in the prefix of one of its host's provider addresses.",
    source: "RFC 1122, section 3.3.1.2: a host reaches its gateway over a connected network",
    fix: "use a router in the prefix of a provider address")

  package static let unsupportedTranslation = DiagnosticRule(
    "unsupported-rule", .warning,
    "A record with the rule Nat has a provider address of its own, of its address's family; a"
      + " record with the rule None needs the setting untranslated=plain.",
    source: "New-NetVirtualizationLookupRecord, -Rule; setting untranslated",
    fix: "use the rule Encap")

  // MARK: - Frames and packets

  package static let frameBytes = DiagnosticRule(
    "frame-bytes", .error, "An Ethernet frame has at least the 14 bytes of its header.",
    source: "IEEE 802.3-2018 section 3.1.1",
    fix: "leave the frame out, or capture it whole")

  package static let packetBytes = DiagnosticRule(
    "packet-bytes", .error,
    "A packet begins with an IPv4 or IPv6 header whose lengths and checksum are right.",
    source: "RFC 791 section 3.1 and RFC 1122 section 3.2.1.2; RFC 8200 section 3",
    fix: "leave the packet out, or capture it whole and after its checksum is filled in")

  // MARK: - The list

  /// Every rule of HNVCore.
  public static let core: [DiagnosticRule] = [
    ipv4Syntax, ipv6Syntax, ipSyntax, prefixSyntax, prefixLength, prefixHostBits, macSyntax,
    virtualSubnetIDRange, routingDomainIDSyntax, duplicateHost, virtualSubnetInTwoDomains,
    overlappingPrefixes, secondPrefix, addressOutsideSubnet, reservedAddress,
    duplicateCustomerAddress, duplicateEntry, unknownEntry, duplicateProviderAddress,
    providerAddressForm, routeForm, recordForm, accessRuleForm, basicRuleForm, mappedDomain,
    externalGatewaySubnet,
    undeliveredRecord, undeliveredRoute, driftedRecord, driftedRoute, unresolvedNextHop,
    unknownProviderAddress, uncoveredRecord, tiedRoutes, staleRecord, duplicatePort,
    providerFamily, unrecordedPort, unreachableRule, unroutedProviderAddress, providerNextHop,
    unsupportedTranslation,
    frameBytes, packetBytes,
  ]
}
