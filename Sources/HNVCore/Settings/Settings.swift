/// How HNV behaves where releases differ, or where the sources leave the answer open.
///
/// <doc:SettingsAndEvidence> says what the sources say of each setting, and traces name the setting
/// that decided a step.
public struct Settings: Hashable, Sendable {
  /// Whether a lookup record always counts as a host route.
  public var recordPrecedence: RecordPrecedence
  /// Whether the TTL of a packet between subnets is decremented.
  public var timeToLive: TimeToLiveBetweenSubnets
  /// Which source MAC a packet between subnets has on arrival.
  public var sourceMAC: SourceMACBetweenSubnets
  /// What happens to a frame within a subnet whose destination MAC is not the record's.
  public var foreignMAC: ForeignMACWithinSubnet
  /// Whether a sender must match a lookup record.
  public var sourceValidation: SourceValidation
  /// For which addresses a host answers ARP and ND.
  public var neighborProxy: NeighborProxyScope
  /// Whether policy that the sources advise against is refused.
  public var policyChecks: PolicyChecks
  /// Where an external gateway may be.
  public var externalGateway: ExternalGatewayPlace
  /// How frames between machines of one host and subnet travel.
  public var sameHost: SameHostForwarding
  /// What carries a packet across the underlay.
  public var encapsulation: Encapsulation
  /// What Select-NetVirtualizationNextHop answers between subnets.
  public var nextHopAnswer: NextHopAnswerBetweenSubnets
  /// How a port's basic and extended access lists combine.
  public var accessLists: AccessListCombination
  /// Whether access rules apply to ARP and neighbour discovery.
  public var neighborFiltering: NeighborFiltering
  /// Which of two routes with the same prefix and metric is used.
  public var metricTie: MetricTie
  /// Where the wildcard record of a gateway applies.
  public var wildcardScope: WildcardScope
  /// What the wildcard record of a gateway is used for.
  public var wildcardUse: WildcardUse
  /// Who routes between subnets: Set-NetVirtualizationGlobal -UseExternalRouter.
  public var externalRouter: ExternalRouterUse
  /// What happens to packets to records with the rule TranslationMethodNone.
  public var untranslated: UntranslatedRecords
  /// Whether the receiving host checks the inner source of a packet.
  public var receiverValidation: ReceiverValidation
  /// Which provider address a host sends from.
  public var sourceProviderAddress: SourceProviderAddress
  /// Whether hosts send NVGRE REDIRECT and UNREACHABLE to one another.
  public var controlMessages: NVGREControlMessages
  /// What happens to a host's policy when the host restarts.
  public var hostRestart: HostRestart
  /// How multicast and broadcast packets reach other hosts.
  public var groups: GroupForwarding
  /// Whether the highest address of an IPv4 subnet is a broadcast.
  public var subnetBroadcast: SubnetBroadcast
  /// What happens to ARP and ND requests for an address without a record.
  public var unknownNeighbor: UnknownNeighbor
  /// What a host learns dynamic records from.
  public var learning: AddressLearning
  /// How long a learned record is kept.
  public var learnedAgeing: LearnedAgeing
  /// Whether a learned or a static record is used for an address.
  public var learnedConflict: LearnedConflict
  /// What happens to a machine's announcement of its own address.
  public var gratuitousARP: GratuitousARP
  /// Whether the gateway address of a subnet answers a ping.
  public var gatewayEcho: GatewayEcho
  /// Whether hosts send ICMP errors.
  public var icmpErrors: ICMPErrorsByHosts
  /// What hosts write into the FlowID of NVGRE, or the source port of VXLAN.
  public var flowID: FlowIdentifier
  /// What hosts write into the outer header's differentiated services field.
  public var outerDSCP: OuterServiceClass
  /// Whether underlay routers may fragment a tunnel packet.
  public var outerDontFragment: OuterDontFragment
  /// Whether a host lowers its guests' MTU.
  public var guestMTU: GuestMTUReduction

  /// The behaviour of a release; any setting can be changed afterwards.
  public init(_ release: Release = .windowsServer2012R2) {
    recordPrecedence = .hostRoute
    timeToLive = .decremented
    sourceMAC = .kept
    foreignMAC = .rewritten
    sourceValidation = .recordRequired
    neighborProxy = .ownSubnet
    policyChecks = .strict
    externalGateway = release == .windowsServer2012 ? .anySubnet : .ownSubnet
    sameHost = release == .windowsServer2012 ? .bridged : .routed
    encapsulation = release == .windowsServer2016 ? .vxlan : .nvgre
    nextHopAnswer = .machine
    metricTie = .firstWritten
    wildcardScope = .virtualSubnet
    wildcardUse = .validation
    externalRouter = .unused
    untranslated = .refused
    receiverValidation = .recordOrGateway
    sourceProviderAddress = .senderRecord
    controlMessages = release == .windowsServer2012 ? .none : .sent
    hostRestart = .policyLost
    groups =
      release == .windowsServer2012
      ? .sameHost : release == .windowsServer2016 ? .replicated : .multicast
    subnetBroadcast = .group
    unknownNeighbor = release == .windowsServer2012R2 ? .flooded : .silent
    learning = release == .windowsServer2012R2 ? .neighborMessages : .none
    learnedAgeing = .never
    learnedConflict = .staticWins
    gratuitousARP = .consumed
    gatewayEcho = .silent
    icmpErrors = .none
    flowID = .zero
    outerDSCP = .zero
    outerDontFragment = .set
    accessLists = .bothMustAllow
    neighborFiltering = .exempt
    guestMTU = release == .windowsServer2012R2 ? .automatic : .unchanged
  }
}

/// The releases of Windows Server whose HNV is simulated; each is a preset of `Settings`.
public enum Release: String, Hashable, Sendable, CaseIterable {
  /// Windows Server 2012: a filter below the switch.
  case windowsServer2012 = "2012"
  /// Windows Server 2012 R2: HNVv1 inside the switch; the default.
  case windowsServer2012R2 = "2012R2"
  /// Windows Server 2016: HNVv2.
  case windowsServer2016 = "2016"
}
