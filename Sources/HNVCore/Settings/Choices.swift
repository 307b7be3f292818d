/// The values of one setting.
package protocol Choice: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The setting's name in lab files, traces and documentation.
  static var name: String { get }
}

extension Choice {
  /// `name=value`, as traces write it.
  package var text: String { "\(Self.name)=\(rawValue)" }
}

/// Whether a lookup record always counts as a host route.
public enum RecordPrecedence: String, Choice {
  /// A record is a host route and takes precedence over every shorter prefix.
  case hostRoute
  /// A record is a host route only where the best covering route is on-link in its subnet.
  case routeFirst

  package static let name = "recordPrecedence"
}

/// Whether the TTL of a packet between subnets is decremented.
public enum TimeToLiveBetweenSubnets: String, Choice {
  /// By one, as at any router.
  case decremented
  /// Not at all, as in other large clouds.
  case kept

  package static let name = "timeToLive"
}

/// Which source MAC a packet between subnets has on arrival.
public enum SourceMACBetweenSubnets: String, Choice {
  /// The sender's own.
  case kept
  /// The gateway's of the destination's subnet, as a router would have it.
  case gateway

  package static let name = "sourceMAC"
}

/// What happens to a frame within a subnet whose destination MAC is not the record's.
public enum ForeignMACWithinSubnet: String, Choice {
  /// The record's MAC is written over it.
  case rewritten
  /// The frame is dropped.
  case dropped

  package static let name = "foreignMAC"
}

/// Whether a sender must match a lookup record.
public enum SourceValidation: String, Choice {
  /// A record, or a wildcard of its MAC, must exist for the sender's address and MAC.
  case recordRequired
  /// Any source may send.
  case none

  package static let name = "sourceValidation"
}

/// For which addresses a host answers ARP and ND.
public enum NeighborProxyScope: String, Choice {
  /// Those with a record in the asker's own virtual subnet.
  case ownSubnet
  /// Those with a record anywhere in the asker's routing domain.
  case routingDomain

  package static let name = "neighborProxy"
}

/// Whether policy that the sources advise against is refused.
public enum PolicyChecks: String, Choice {
  /// It is an error, and the network is refused.
  case strict
  /// It is a warning; of contradictory entries the first one is used.
  case lenient

  /// The rules that it covers: one host's cmdlets could enforce them, but no source says whether
  /// they do.
  public static let rules: Set<DiagnosticRule> = [
    .externalGatewaySubnet, .reservedAddress, .overlappingPrefixes, .virtualSubnetInTwoDomains,
    .addressOutsideSubnet, .secondPrefix, .duplicateCustomerAddress,
  ]

  package static let name = "policyChecks"
}

extension Diagnostic {
  /// The same diagnostic, a warning where the setting `policyChecks` is lenient about its rule.
  public func adjustingSeverity(by settings: Settings) -> Diagnostic {
    var diagnostic = self
    switch settings.policyChecks {
    case .strict: break
    case .lenient: if PolicyChecks.rules.contains(rule) { diagnostic.severity = .warning }
    }
    return diagnostic
  }
}

/// Where an external gateway may be.
public enum ExternalGatewayPlace: String, Choice {
  /// In a virtual subnet without other machines.
  case ownSubnet
  /// Anywhere.
  case anySubnet

  package static let name = "externalGateway"
}

/// How frames between machines of one host and subnet travel.
public enum SameHostForwarding: String, Choice {
  /// By destination address, like all others.
  case routed
  /// By destination MAC, below HNV.
  case bridged

  package static let name = "sameHost"
}

/// What carries a packet across the underlay.
public enum Encapsulation: String, Choice {
  /// NVGRE, 42 bytes more over IPv4.
  case nvgre
  /// VXLAN, 50 bytes more over IPv4.
  case vxlan

  /// The bytes that it adds to a customer's packet over an underlay of a family: the outer IP header,
  /// its own headers, and the customer's Ethernet header.
  public func overhead(over family: IPFamily) -> Int {
    let outer =
      switch family {
      case .v4: IPv4Packet.headerByteCount
      case .v6: IPv6Packet.headerByteCount
      }
    let own =
      switch self {
      case .nvgre: NVGREHeader.byteCount
      case .vxlan: VXLANHeader.byteCountWithUDP
      }
    return outer + own + EthernetFrame.headerByteCount
  }

  package static let name = "encapsulation"
}

/// What Select-NetVirtualizationNextHop answers between subnets.
public enum NextHopAnswerBetweenSubnets: String, Choice {
  /// The MAC of the machine that gets the packet.
  case machine
  /// The MAC of the sender's gateway address.
  case gateway

  package static let name = "nextHopAnswer"
}

/// How a port's basic and extended access lists combine.
public enum AccessListCombination: String, Choice {
  /// A packet passes where neither list denies it; the state of a flow counts as the extended
  /// list's answer.
  case bothMustAllow
  /// The extended list decides where one of its rules, or the state of a flow, matches; the basic
  /// list is asked about the rest.
  case extendedFirst

  package static let name = "accessLists"
}

/// Whether access rules apply to ARP and neighbour discovery.
public enum NeighborFiltering: String, Choice {
  /// They do not.
  case exempt
  /// Basic rules see MAC addresses, the sender's and target's addresses of ARP, and neighbour
  /// discovery as the IPv6 packets it consists of; so do extended rules, to which ARP is no IP.
  case filtered

  package static let name = "neighborFiltering"
}

/// Which of two routes with the same prefix and metric is used.
public enum MetricTie: String, Choice {
  /// The one that was written first.
  case firstWritten
  /// The one that was written last.
  case lastWritten

  package static let name = "metricTie"
}

/// Where the wildcard record of a gateway applies.
public enum WildcardScope: String, Choice {
  /// In its own virtual subnet.
  case virtualSubnet
  /// In every virtual subnet of its routing domain.
  case routingDomain

  package static let name = "wildcardScope"
}

/// What the wildcard record of a gateway is used for.
public enum WildcardUse: String, Choice {
  /// Packets from its MAC address pass the check of their source.
  case validation
  /// The gateway also receives packets whose next hop no other record resolves.
  case forwarding

  package static let name = "wildcardUse"
}

/// Who routes between subnets: Set-NetVirtualizationGlobal -UseExternalRouter.
public enum ExternalRouterUse: String, Choice {
  /// The hosts route by records and on-link routes.
  case unused
  /// Only routes with a next hop lead out of the sender's subnet.
  case used

  package static let name = "externalRouter"
}

/// What happens to packets to records with the rule TranslationMethodNone.
public enum UntranslatedRecords: String, Choice {
  /// It is dropped.
  case refused
  /// It crosses the underlay as it is, to the host of the record.
  case plain

  package static let name = "untranslated"
}

/// Whether the receiving host checks the inner source of a packet.
public enum ReceiverValidation: String, Choice {
  /// A record must exist, or the packet comes from the host of a next hop of its routing domain.
  case recordOrGateway
  /// A record or a wildcard must exist.
  case recordRequired
  /// Any source is accepted.
  case none

  package static let name = "receiverValidation"
}

/// Which provider address a host sends from.
public enum SourceProviderAddress: String, Choice {
  /// The one in the record of the sending machine.
  case senderRecord
  /// The host's first of the family.
  case firstOfHost

  package static let name = "sourceProviderAddress"
}

/// Whether hosts send NVGRE REDIRECT and UNREACHABLE to one another.
public enum NVGREControlMessages: String, Choice {
  /// REDIRECT for a machine that moved, UNREACHABLE for what the receiver has no policy for.
  case sent
  /// The sender learns nothing.
  case none

  package static let name = "controlMessages"
}

/// What happens to a host's policy when the host restarts.
public enum HostRestart: String, Choice {
  /// The host loses its records and routes until it gets them again.
  case policyLost
  /// The host keeps its policy.
  case policyKept

  package static let name = "hostRestart"
}

/// How multicast and broadcast packets reach other hosts.
public enum GroupForwarding: String, Choice {
  /// By the multicast provider address of a record, else one copy to each host.
  case multicast
  /// One copy to each host.
  case replicated
  /// Not at all: only machines on the same host receive them.
  case sameHost

  package static let name = "groups"
}

/// Whether the highest address of an IPv4 subnet is a broadcast.
public enum SubnetBroadcast: String, Choice {
  /// It is a broadcast within the subnet.
  case group
  /// It is looked up like any other.
  case unicast

  package static let name = "subnetBroadcast"
}

/// What happens to ARP and ND requests for an address without a record.
public enum UnknownNeighbor: String, Choice {
  /// Copies go to the subnet's machines here and to the hosts of its L2Only records.
  case flooded
  /// Nobody receives them.
  case silent

  package static let name = "unknownNeighbor"
}

/// What a host learns dynamic records from.
public enum AddressLearning: String, Choice {
  /// ARP messages and neighbour discovery, gratuitous ones too.
  case neighborMessages
  /// Those, and the source of every IP packet.
  case allTraffic
  /// Nothing.
  case none

  package static let name = "learning"
}

/// How long a learned record is kept.
public enum LearnedAgeing: String, Choice {
  /// Until it is removed.
  case never
  /// For five minutes after it was last seen, the usual age of a switch's entries.
  case fiveMinutes

  package static let name = "learnedAgeing"
}

/// Whether a learned or a static record is used for an address.
public enum LearnedConflict: String, Choice {
  /// The static one.
  case staticWins
  /// The learned one.
  case learnedWins

  package static let name = "learnedConflict"
}

/// What happens to a machine's announcement of its own address.
public enum GratuitousARP: String, Choice {
  /// The host consumes it, learns from it if it learns at all, and forwards it to nobody.
  case consumed
  /// It is sent to the whole virtual subnet like any broadcast.
  case passed

  package static let name = "gratuitousARP"
}

/// Whether the gateway address of a subnet answers a ping.
public enum GatewayEcho: String, Choice {
  /// It does not.
  case silent
  /// The sender's host answers.
  case answered

  package static let name = "gatewayEcho"
}

/// Whether hosts send ICMP errors.
public enum ICMPErrorsByHosts: String, Choice {
  /// They do not.
  case none
  /// From the gateway address of the sender's subnet.
  case sent

  package static let name = "icmpErrors"
}

/// What hosts write into the FlowID of NVGRE, or the source port of VXLAN.
public enum FlowIdentifier: String, Choice {
  /// Nothing: 0, and VXLAN's first dynamic port.
  case zero
  /// A hash of the customer's addresses, protocol and ports.
  case hashed

  package static let name = "flowID"
}

/// What hosts write into the outer header's differentiated services field.
public enum OuterServiceClass: String, Choice {
  /// 0.
  case zero
  /// The customer packet's.
  case copied

  package static let name = "outerDSCP"
}

/// Whether underlay routers may fragment a tunnel packet.
public enum OuterDontFragment: String, Choice {
  /// They must not.
  case set
  /// They may.
  case clear
  /// As the customer's packet says; IPv6 customers forbid it.
  case copied

  package static let name = "outerDontFragment"
}

/// Whether a host lowers its guests' MTU by what its encapsulation adds.
public enum GuestMTUReduction: String, Choice {
  /// When a guest starts, where the guest, its adapter and the underlay allow it.
  case automatic
  /// Never: guests keep Ethernet's 1500 bytes.
  case unchanged

  package static let name = "guestMTU"
}
