/// The rules that a policy is held to. Those that are errors come first.
extension DiagnosticRule {
  /// A VSID lies within the range of the cmdlets.
  public static let virtualSubnetIDRange = DiagnosticRule(
    "vsid-range", .error, "A virtual subnet ID lies between 4096 and 16777214.",
    source: "New-NetVirtualizationLookupRecord, -VirtualSubnetID; RFC 7637 reserves the rest",
    fix: "choose a number from 4096 to 16777214")

  /// An RDID is a GUID.
  public static let routingDomainIDSyntax = DiagnosticRule(
    "rdid-syntax", .error, "A routing domain ID is a GUID of 32 hexadecimal digits.",
    source: "New-NetVirtualizationCustomerRoute, -RoutingDomainID",
    fix: "write it like {11111111-2222-3333-4444-000000000000}")

  /// No two hosts bear one name.
  public static let duplicateHost = DiagnosticRule(
    "duplicate-host", .error, "Every host has a name of its own.",
    source: "this library, which names hosts in its answers", fix: "rename one of them")

  /// A virtual subnet has one routing domain.
  public static let virtualSubnetInTwoDomains = DiagnosticRule(
    "vsid-in-two-domains", .error, "A virtual subnet belongs to exactly one routing domain.",
    source: "HNV technical details (2016); Microsoft's two-tenant sample",
    fix: "give one of the two virtual subnets another number")

  /// Subnets of a routing domain are disjoint.
  public static let overlappingPrefixes = DiagnosticRule(
    "overlapping-prefixes", .error,
    "The prefixes of virtual subnets in one routing domain do not overlap.",
    source: "HNV technical details (2012 R2), opening",
    fix: "change one prefix, or put one subnet into another routing domain")

  /// A virtual subnet has one prefix a family.
  public static let secondPrefix = DiagnosticRule(
    "second-prefix", .error, "A virtual subnet has one on-link prefix for each address family.",
    source: "OpenStack's Hyper-V NVGRE driver, which was refused a second one",
    fix: "give the second prefix a virtual subnet of its own")

  /// Records lie in their subnet.
  public static let addressOutsideSubnet = DiagnosticRule(
    "ca-outside-subnet", .error,
    "A lookup record's customer address lies within a prefix of its virtual subnet.",
    source: "Microsoft's two-tenant sample; HNV technical details",
    fix: "correct the address, or the virtual subnet it is in")

  /// The lowest address is the gateway's.
  public static let reservedAddress = DiagnosticRule(
    "reserved-address", .error,
    "The lowest usable address of a virtual subnet is HNV's gateway; no VM may use it.",
    source: "Microsoft's two-tenant sample (10.2.3.1 of 10.2.3.0/24); HNV technical details (2016)",
    fix: "give the machine another address")

  /// One static record an address.
  public static let duplicateCustomerAddress = DiagnosticRule(
    "duplicate-ca", .error,
    "A unicast customer address has one static lookup record in a routing domain.",
    source: "HNV technical details: addresses may repeat across routing domains, not within one",
    fix: "remove one of the two records, or correct its address")

  /// One object a key.
  public static let duplicateEntry = DiagnosticRule(
    "duplicate-entry", .error, "No two entries of a host's policy have the same key.",
    source: "the cmdlets' Set-… select an entry by its key, so a key names one entry",
    fix: "remove one of the two")

  /// A change finds what it changes.
  public static let unknownEntry = DiagnosticRule(
    "unknown-entry", .error, "A change names a host, and an entry that this host has.",
    source: "Set-… and Remove-… of the cmdlets select an entry by its key",
    fix: "name an entry that the host has")

  /// A provider address has one host.
  public static let duplicateProviderAddress = DiagnosticRule(
    "pa-on-two-hosts", .error, "A provider address is assigned on only one host.",
    source: "Microsoft's two-tenant sample", fix: "give one of the hosts another provider address")

  /// A provider address can be reached.
  public static let providerAddressForm = DiagnosticRule(
    "pa-form", .error,
    "A provider address is a unicast address with a prefix length of its family.",
    source: "New-NetVirtualizationProviderAddress, -ProviderAddress and -PrefixLength",
    fix: "write a unicast address and a prefix length within 0 to 32 (IPv4) or 0 to 128 (IPv6)")

  /// A route's parts are of one family, and its next hop is a machine's address.
  public static let routeForm = DiagnosticRule(
    "route-form", .error, "A route's next hop is a unicast address of its prefix's family.",
    source: "New-NetVirtualizationCustomerRoute and New-NetVirtualizationProviderRoute, -NextHop",
    fix: "name the address of a machine, of the same family as the prefix")

  /// A record's type fits its address.
  public static let recordForm = DiagnosticRule(
    "record-form", .error,
    "A record of type GatewayWildcard or L2Only has the address 0.0.0.0 or ::, others do not,"
      + " and UseVmMACAddress goes with the rule Nat.",
    source: "New-NetVirtualizationLookupRecord, -Type and -UseVmMACAddress",
    fix: "correct the record's type or its address")

  /// Access rules are unambiguous.
  public static let accessRuleForm = DiagnosticRule(
    "access-rule-form", .error,
    "Access rules of one port and direction have different weights, one address family, and"
      + " ports only with TCP or UDP; those that are stateful allow.",
    source: "Add-VMNetworkAdapterExtendedAcl; Remove-… selects by direction and weight",
    fix: "correct the access rule")

  /// Basic entries are unambiguous.
  public static let basicRuleForm = DiagnosticRule(
    "basic-rule-form", .error,
    "Basic rules of one port and direction select different addresses, and meters IP addresses.",
    source: "Add-VMNetworkAdapterAcl; Hyper-V answers a repeated entry with \"already exists\"",
    fix: "correct the basic rule")

  /// A mapping keeps tenants apart.
  public static let mappedDomain = DiagnosticRule(
    "mapped-domain", .error,
    "The isolation IDs of a routing domain mapping are virtual subnets of its routing domain.",
    source: "Add-VMNetworkAdapterRoutingDomainMapping, -RoutingDomainID and -IsolationID",
    fix: "map the virtual subnet to the routing domain of its customer routes")

  /// The external gateway stands alone.
  public static let externalGatewaySubnet = DiagnosticRule(
    "gateway-in-vm-subnet", .error,
    "From Windows Server 2012 R2 on, an external gateway is in a virtual subnet of its own.",
    source: "the article; setting externalGateway",
    fix: "move the gateway into a virtual subnet without other machines, or say release 2012")

  /// Every host that takes part has a record.
  public static let undeliveredRecord = DiagnosticRule(
    "undelivered-record", .warning,
    "Every host with machines of a routing domain holds all of the domain's lookup records.",
    source: "Microsoft, Troubleshoot the SDN stack: policy not updated on all hosts",
    fix: "deliver the record to the host")

  /// Every host that takes part has a route.
  public static let undeliveredRoute = DiagnosticRule(
    "undelivered-route", .warning,
    "Every host with machines of a routing domain holds all of the domain's customer routes.",
    source: "Microsoft, Troubleshoot the SDN stack: policy not updated on all hosts",
    fix: "deliver the route to the host")

  /// Hosts agree on records.
  public static let driftedRecord = DiagnosticRule(
    "drifted-record", .warning,
    "Hosts that hold a lookup record of an address hold the same one.",
    source: "Microsoft, Troubleshoot the SDN stack: configuration drift",
    fix: "deliver the record anew to the host that differs")

  /// Hosts agree on routes.
  public static let driftedRoute = DiagnosticRule(
    "drifted-route", .warning,
    "Hosts that hold a customer route to a prefix hold the same one.",
    source: "Microsoft, Troubleshoot the SDN stack: configuration drift",
    fix: "deliver the route anew to the host that differs")

  /// A next hop resolves.
  public static let unresolvedNextHop = DiagnosticRule(
    "unresolved-next-hop", .warning,
    "A customer route's next hop has a lookup record in the route's virtual subnet.",
    source: "ipSpace, HNV packet forwarding (2013): the next hop is looked up as a record",
    fix: "add a lookup record for the next hop, or correct the route")

  /// A record's host exists.
  public static let unknownProviderAddress = DiagnosticRule(
    "unknown-pa", .warning, "A lookup record's provider address is assigned on some host.",
    source: "Microsoft's two-tenant sample: a host must own the addresses its records name",
    fix: "correct the record's provider address, or assign it on the host of the machine")

  /// A record's subnet is routed.
  public static let uncoveredRecord = DiagnosticRule(
    "uncovered-record", .warning,
    "A lookup record's address is covered by an on-link route of its virtual subnet.",
    source: "ipSpace, HNV packet forwarding (2013): the route table is searched first",
    fix: "add the on-link route of its virtual subnet")

  /// A record knows where its machine is.
  public static let staleRecord = DiagnosticRule(
    "stale-record", .warning,
    "A lookup record's provider address is assigned on the host where its machine's port is.",
    source: "[MS-NVGREE]: after a live migration every host's records must change",
    fix: "set the record's provider address to one of the machine's host")

  /// A machine is in one place.
  public static let duplicatePort = DiagnosticRule(
    "port-on-two-hosts", .warning,
    "A MAC address of a virtual subnet has a port on one host only.",
    source: "[MS-NVGREE]: after a live migration the machine is on its new host alone",
    fix: "disconnect the port on the host that the machine has left")

  /// Tunnels have one outer header.
  public static let providerFamily = DiagnosticRule(
    "provider-family", .warning,
    "A host has a provider address of the family of every provider address that its records name.",
    source: "RFC 7637, section 3.2: the outer header is of IPv4 or of IPv6",
    fix: "give all hosts provider addresses of one family")

  /// Of several routes one counts.
  public static let tiedRoutes = DiagnosticRule(
    "tied-routes", .warning,
    "Customer routes to one prefix of a routing domain have different metrics.",
    source: "New-NetVirtualizationCustomerRoute, -Metric: the lowest wins; setting metricTie",
    fix: "give the route that should count the lowest metric")

  /// A port can send.
  public static let unrecordedPort = DiagnosticRule(
    "unrecorded-port", .warning, "A VM port has a lookup record on its own host.",
    source: "Microsoft's two-tenant sample: what does not match its record is not processed",
    fix: "add a lookup record with the port's virtual subnet and MAC address")

  /// Every rule has its packets.
  public static let unreachableRule = DiagnosticRule(
    "unreachable-rule", .warning,
    "Every access rule is for its port's virtual subnet, and decides about some packet.",
    source: "Add-VMNetworkAdapterExtendedAcl: the first match ends the evaluation",
    fix: "give the rule a higher weight, or remove it")

  /// Hosts reach one another.
  public static let unroutedProviderAddress = DiagnosticRule(
    "no-provider-route", .warning,
    "A host's provider addresses and routes lead to every provider address that its records name.",
    source: "Microsoft's samples: hosts share the prefix of their provider addresses, or each has a"
      + " provider route", fix: "give the host a provider route")

  /// A provider route's next hop is a neighbour.
  public static let providerNextHop = DiagnosticRule(
    "provider-next-hop", .warning,
    "A provider route's next hop lies in the prefix of one of its host's provider addresses.",
    source: "RFC 1122, section 3.3.1.2: a host reaches its gateway over a connected network",
    fix: "name a router in the network of the provider address")

  /// A record's rule can be followed.
  public static let unsupportedTranslation = DiagnosticRule(
    "unsupported-rule", .warning,
    "A record of the rule Nat has a provider address of its own and of its address's family, and"
      + " one of the rule None goes with the setting untranslated=plain.",
    source: "New-NetVirtualizationLookupRecord, -Rule; setting untranslated",
    fix: "use the rule Encap")

  /// The rules of policies, errors first.
  public static let policyRules: [DiagnosticRule] = [
    virtualSubnetIDRange, routingDomainIDSyntax, duplicateHost, virtualSubnetInTwoDomains,
    overlappingPrefixes, secondPrefix, addressOutsideSubnet, reservedAddress,
    duplicateCustomerAddress, duplicateEntry, unknownEntry, duplicateProviderAddress,
    providerAddressForm,
    routeForm, recordForm, accessRuleForm, basicRuleForm, mappedDomain, externalGatewaySubnet,
    undeliveredRecord, undeliveredRoute, driftedRecord, driftedRoute, unresolvedNextHop,
    unknownProviderAddress, uncoveredRecord, tiedRoutes, staleRecord, duplicatePort, providerFamily,
    unrecordedPort, unreachableRule, unroutedProviderAddress, providerNextHop,
    unsupportedTranslation,
  ]
}
