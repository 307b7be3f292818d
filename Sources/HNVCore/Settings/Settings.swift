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

  /// The behaviour of a release; any setting can be changed afterwards.
  public init(_ release: Release = .windowsServer2012R2) {
    recordPrecedence = .hostRoute
    timeToLive = .decremented
    sourceMAC = .kept
    foreignMAC = .rewritten
    sourceValidation = .recordRequired
    neighborProxy = .ownSubnet
    externalGateway = release == .windowsServer2012 ? .anySubnet : .ownSubnet
    sameHost = release == .windowsServer2012 ? .bridged : .routed
    encapsulation = release == .windowsServer2016 ? .vxlan : .nvgre
    nextHopAnswer = .machine
    accessLists = .bothMustAllow
    neighborFiltering = .exempt
  }
}
