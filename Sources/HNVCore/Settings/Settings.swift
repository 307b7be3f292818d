/// How HNV behaves where releases differ, or where the sources leave the answer open.
///
/// Nothing of the kind is chosen silently: each choice is an enum of its own with its evidence,
/// read at exactly one place, and a trace names the setting that decided a step.
public struct Settings: Hashable, Sendable {
  /// Whether a lookup record always counts as a host route.
  public var recordPrecedence: RecordPrecedence
  /// What a packet between subnets pays.
  public var timeToLive: TimeToLiveBetweenSubnets
  /// Whose source MAC a packet between subnets bears.
  public var sourceMAC: SourceMACBetweenSubnets
  /// What becomes of a frame within a subnet that is addressed to the wrong MAC.
  public var foreignMAC: ForeignMACWithinSubnet
  /// Whether a sender must match a lookup record.
  public var sourceValidation: SourceValidation
  /// For which addresses a host answers ARP and ND.
  public var neighborProxy: NeighborProxyScope
  /// Whether policy that sources advise against is refused.
  public var policyChecks: PolicyChecks
  /// Where an external gateway may be.
  public var externalGateway: ExternalGatewayPlace
  /// How frames between machines of one host and subnet travel.
  public var sameHost: SameHostForwarding
  /// What carries a packet across the underlay.
  public var encapsulation: Encapsulation
  /// What Select-NetVirtualizationNextHop answers between subnets.
  public var nextHopAnswer: NextHopAnswerBetweenSubnets
  /// How a port's basic and extended access lists go together.
  public var accessLists: AccessListCombination
  /// Whether access rules see ARP and neighbour discovery.
  public var neighborFiltering: NeighborFiltering

  /// Which of two routes wins whose prefix and metric are the same.
  public var metricTie: MetricTie

  /// Where the wildcard record of a gateway counts.
  public var wildcardScope: WildcardScope

  /// What the wildcard record of a gateway is good for.
  public var wildcardUse: WildcardUse

  /// Who routes between subnets: Set-NetVirtualizationGlobal -UseExternalRouter.
  public var externalRouter: ExternalRouterUse

  /// What becomes of a packet whose record has the rule TranslationMethodNone.
  public var untranslated: UntranslatedRecords

  /// Whether the receiving host checks the inner source of a packet.
  public var receiverValidation: ReceiverValidation

  /// Which provider address a host sends from.
  public var sourceProviderAddress: SourceProviderAddress

  /// Whether hosts tell one another of moved machines and missing policy.
  public var controlMessages: NVGREControlMessages

  /// What a host knows after it was stopped.
  public var hostRestart: HostRestart

  /// How multicast and broadcast packets reach other hosts.
  public var groups: GroupForwarding

  /// Whether the highest address of a subnet is a group.
  public var subnetBroadcast: SubnetBroadcast

  /// What becomes of ARP and ND for an address without record.
  public var unknownNeighbor: UnknownNeighbor

  /// What a host learns dynamic records from.
  public var learning: AddressLearning

  /// How long a learned address is believed.
  public var learnedAgeing: LearnedAgeing

  /// Whether a learned record or a written one counts for an address.
  public var learnedConflict: LearnedConflict

  /// What becomes of a machine's announcement of its own address.
  public var gratuitousARP: GratuitousARP

  /// Whether the gateway address of a subnet answers a ping.
  public var gatewayEcho: GatewayEcho

  /// Whether HNV itself sends ICMP errors.
  public var icmpErrors: ICMPErrorsByHosts

  /// What stands in the FlowID of NVGRE, or the source port of VXLAN.
  public var flowID: FlowIdentifier

  /// What stands in the outer header's differentiated services field.
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
