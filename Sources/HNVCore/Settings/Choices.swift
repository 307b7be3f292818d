/// The values of one setting.
package protocol Choice: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The setting's name in lab files, traces and documentation.
  static var name: String { get }
}

extension Choice {
  /// `name=value`, as traces write it.
  package var text: String { "\(Self.name)=\(rawValue)" }
}

/// The values of ``Settings/recordPrecedence``.
public enum RecordPrecedence: String, Choice {
  /// A record is a host route and takes precedence over every shorter prefix.
  case hostRoute
  /// A record is a host route only where the best covering route is on-link in its subnet.
  case routeFirst

  package static let name = "recordPrecedence"
}

/// The values of ``Settings/timeToLive``.
public enum TimeToLiveBetweenSubnets: String, Choice {
  /// By one, as at any router.
  case decremented
  /// Not at all, as in other large clouds.
  case kept

  package static let name = "timeToLive"
}

/// The values of ``Settings/sourceMAC``.
public enum SourceMACBetweenSubnets: String, Choice {
  /// The sender's own.
  case kept
  /// The gateway's of the destination's subnet, as a router would have it.
  case gateway

  package static let name = "sourceMAC"
}

/// The values of ``Settings/foreignMAC``.
public enum ForeignMACWithinSubnet: String, Choice {
  /// The record's MAC is written over it.
  case rewritten
  /// The frame is dropped.
  case dropped

  package static let name = "foreignMAC"
}

/// The values of ``Settings/sourceValidation``.
public enum SourceValidation: String, Choice {
  /// A record, or a wildcard of its MAC, must exist for the sender's address and MAC.
  case recordRequired
  /// Any source may send.
  case none

  package static let name = "sourceValidation"
}

/// The values of ``Settings/neighborProxy``.
public enum NeighborProxyScope: String, Choice {
  /// Those with a record in the asker's own virtual subnet.
  case ownSubnet
  /// Those with a record anywhere in the asker's routing domain.
  case routingDomain

  package static let name = "neighborProxy"
}

/// The values of ``Settings/policyChecks``.
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
  package func adjustingSeverity(by settings: Settings) -> Diagnostic {
    var diagnostic = self
    switch settings.policyChecks {
    case .strict: break
    case .lenient: if PolicyChecks.rules.contains(rule) { diagnostic.severity = .warning }
    }
    return diagnostic
  }
}

/// The values of ``Settings/externalGateway``.
public enum ExternalGatewayPlace: String, Choice {
  /// In a virtual subnet without other machines.
  case ownSubnet
  /// Anywhere.
  case anySubnet

  package static let name = "externalGateway"
}

/// The values of ``Settings/sameHost``.
public enum SameHostForwarding: String, Choice {
  /// By destination address, like all others.
  case routed
  /// By destination MAC, below HNV.
  case bridged

  package static let name = "sameHost"
}

/// The values of ``Settings/encapsulation``.
public enum Encapsulation: String, Choice {
  /// NVGRE, 42 bytes more over IPv4.
  case nvgre
  /// VXLAN, 50 bytes more over IPv4.
  case vxlan

  /// The bytes that it adds to a customer's packet over an underlay of a family: the outer IP
  /// header, its own headers, and the customer's Ethernet header.
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

/// The values of ``Settings/nextHopAnswer``.
public enum NextHopAnswerBetweenSubnets: String, Choice {
  /// The MAC of the machine that gets the packet.
  case machine
  /// The MAC of the sender's gateway address.
  case gateway

  package static let name = "nextHopAnswer"
}

/// The values of ``Settings/accessLists``.
public enum AccessListCombination: String, Choice {
  /// A packet passes where neither list denies it; the state of a flow counts as the extended
  /// list's answer.
  case bothMustAllow
  /// The extended list decides where one of its rules, or the state of a flow, matches; the basic
  /// list is asked about the rest.
  case extendedFirst

  package static let name = "accessLists"
}

/// The values of ``Settings/neighborFiltering``.
public enum NeighborFiltering: String, Choice {
  /// They do not.
  case exempt
  /// Basic rules see MAC addresses, the sender's and target's addresses of ARP, and neighbour
  /// discovery as the IPv6 packets it consists of; so do extended rules, to which ARP is no IP.
  case filtered

  package static let name = "neighborFiltering"
}

/// The values of ``Settings/metricTie``.
public enum MetricTie: String, Choice {
  /// The one that was written first.
  case firstWritten
  /// The one that was written last.
  case lastWritten

  package static let name = "metricTie"
}

/// The values of ``Settings/wildcardScope``.
public enum WildcardScope: String, Choice {
  /// In its own virtual subnet.
  case virtualSubnet
  /// In every virtual subnet of its routing domain.
  case routingDomain

  package static let name = "wildcardScope"
}

/// The values of ``Settings/wildcardUse``.
public enum WildcardUse: String, Choice {
  /// Packets from its MAC address pass the check of their source.
  case validation
  /// The gateway also receives packets whose next hop no other record resolves.
  case forwarding

  package static let name = "wildcardUse"
}

/// The values of ``Settings/externalRouter``.
public enum ExternalRouterUse: String, Choice {
  /// The hosts route by records and on-link routes.
  case unused
  /// Only routes with a next hop lead out of the sender's subnet.
  case used

  package static let name = "externalRouter"
}

/// The values of ``Settings/untranslated``.
public enum UntranslatedRecords: String, Choice {
  /// It is dropped.
  case refused
  /// It crosses the underlay as it is, to the host of the record.
  case plain

  package static let name = "untranslated"
}

/// The values of ``Settings/receiverValidation``.
public enum ReceiverValidation: String, Choice {
  /// A record must exist, or the packet comes from the host of a next hop of its routing domain.
  case recordOrGateway
  /// A record or a wildcard must exist.
  case recordRequired
  /// Any source is accepted.
  case none

  package static let name = "receiverValidation"
}

/// The values of ``Settings/sourceProviderAddress``.
public enum SourceProviderAddress: String, Choice {
  /// The one in the record of the sending machine.
  case senderRecord
  /// The host's first of the family.
  case firstOfHost

  package static let name = "sourceProviderAddress"
}

/// The values of ``Settings/controlMessages``.
public enum NVGREControlMessages: String, Choice {
  /// REDIRECT for a machine that moved, UNREACHABLE for what the receiver has no policy for.
  case sent
  /// The sender learns nothing.
  case none

  package static let name = "controlMessages"
}

/// The values of ``Settings/hostRestart``.
public enum HostRestart: String, Choice {
  /// The host loses its records and routes until it gets them again.
  case policyLost
  /// The host keeps its policy.
  case policyKept

  package static let name = "hostRestart"
}

/// The values of ``Settings/groups``.
public enum GroupForwarding: String, Choice {
  /// By the multicast provider address of a record, else one copy to each host.
  case multicast
  /// One copy to each host.
  case replicated
  /// Not at all: only machines on the same host receive them.
  case sameHost

  package static let name = "groups"
}

/// The values of ``Settings/subnetBroadcast``.
public enum SubnetBroadcast: String, Choice {
  /// It is a broadcast within the subnet.
  case group
  /// It is looked up like any other.
  case unicast

  package static let name = "subnetBroadcast"
}

/// The values of ``Settings/unknownNeighbor``.
public enum UnknownNeighbor: String, Choice {
  /// Copies go to the subnet's machines here and to the hosts of its L2Only records.
  case flooded
  /// Nobody receives them.
  case silent

  package static let name = "unknownNeighbor"
}

/// The values of ``Settings/learning``.
public enum AddressLearning: String, Choice {
  /// ARP messages and neighbour discovery, gratuitous ones too.
  case neighborMessages
  /// Those, and the source of every IP packet.
  case allTraffic
  /// Nothing.
  case none

  package static let name = "learning"
}

/// The values of ``Settings/learnedAgeing``.
public enum LearnedAgeing: String, Choice {
  /// Until it is removed.
  case never
  /// For five minutes after it was last seen, the usual age of a switch's entries.
  case fiveMinutes

  package static let name = "learnedAgeing"
}

/// The values of ``Settings/learnedConflict``.
public enum LearnedConflict: String, Choice {
  /// The static one.
  case staticWins
  /// The learned one.
  case learnedWins

  package static let name = "learnedConflict"
}

/// The values of ``Settings/gratuitousARP``.
public enum GratuitousARP: String, Choice {
  /// The host consumes it, learns from it if it learns at all, and forwards it to nobody.
  case consumed
  /// It is sent to the whole virtual subnet like any broadcast.
  case passed

  package static let name = "gratuitousARP"
}

/// The values of ``Settings/gatewayEcho``.
public enum GatewayEcho: String, Choice {
  /// It does not.
  case silent
  /// The sender's host answers.
  case answered

  package static let name = "gatewayEcho"
}

/// The values of ``Settings/icmpErrors``.
public enum ICMPErrorsByHosts: String, Choice {
  /// They do not.
  case none
  /// From the gateway address of the sender's subnet.
  case sent

  package static let name = "icmpErrors"
}

/// The values of ``Settings/flowID``.
public enum FlowIdentifier: String, Choice {
  /// Nothing: 0, and VXLAN's first dynamic port.
  case zero
  /// A hash of the customer's addresses, protocol and ports.
  case hashed

  package static let name = "flowID"
}

/// The values of ``Settings/outerDSCP``.
public enum OuterServiceClass: String, Choice {
  /// 0.
  case zero
  /// The customer packet's.
  case copied

  package static let name = "outerDSCP"
}

/// The values of ``Settings/outerDontFragment``.
public enum OuterDontFragment: String, Choice {
  /// They must not.
  case set
  /// They may.
  case clear
  /// As the customer's packet says; IPv6 customers forbid it.
  case copied

  package static let name = "outerDontFragment"
}

/// The values of ``Settings/guestMTU``.
public enum GuestMTUReduction: String, Choice {
  /// When a guest starts, where the guest, its adapter and the underlay allow it.
  case automatic
  /// Never: guests keep Ethernet's 1500 bytes.
  case unchanged

  package static let name = "guestMTU"
}
