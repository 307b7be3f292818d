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
