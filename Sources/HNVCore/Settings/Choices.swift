/// Whether a lookup record always counts as a host route.
public enum RecordPrecedence: String, Choice {
  /// A record is a host route and beats every shorter prefix.
  case hostRoute
  /// A record is a host route only where the best covering route is on-link in its subnet.
  case routeFirst

  /// The setting's name.
  public static let name = "recordPrecedence"
  /// What is chosen.
  public static let about = "Whether a lookup record always counts as a host route."
  /// What the sources say.
  public static let evidence =
    "The article calls a record a host route, and ipSpace's text on 2012 lets the record win;"
    + " ipSpace's text on 2012 R2 searches the routes first. They differ only for a route more"
    + " specific than the subnet. Default: hostRoute."
}

/// What a packet between subnets pays.
public enum TimeToLiveBetweenSubnets: String, Choice {
  /// One, as at any router.
  case decremented
  /// Nothing, as in other large clouds.
  case kept

  /// The setting's name.
  public static let name = "timeToLive"
  /// What is chosen.
  public static let about = "Whether a packet between subnets loses one of its TTL."
  /// What the sources say.
  public static let evidence =
    "ipSpace (October 2013) holds that it should be decremented, Microsoft's page on 2016 says HNV"
    + " behaves as a physical router; of 2012 R2 itself no source speaks. Default: decremented."
}

/// Whose source MAC a packet between subnets bears.
public enum SourceMACBetweenSubnets: String, Choice {
  /// The sender's own.
  case kept
  /// The gateway's of the destination's subnet, as a router would have it.
  case gateway

  /// The setting's name.
  public static let name = "sourceMAC"
  /// What is chosen.
  public static let about = "Whose source MAC a packet between subnets bears on arrival."
  /// What the sources say.
  public static let evidence =
    "No source says it. That 2016 lists compliant Ethernet headers as an improvement suggests that"
    + " before it the sender's MAC survived. Default: kept."
}

/// What becomes of a frame within a subnet that is addressed to another MAC than the record's.
public enum ForeignMACWithinSubnet: String, Choice {
  /// The record's MAC is written over it.
  case rewritten
  /// The frame is dropped.
  case dropped

  /// The setting's name.
  public static let name = "foreignMAC"
  /// What is chosen.
  public static let about =
    "What becomes of a frame within a subnet that is addressed to another MAC than the record's."
  /// What the sources say.
  public static let evidence =
    "ipSpace: the destination MAC is ignored and overwritten with the record's, normally without"
    + " effect. Default: rewritten."
}

/// Whether a sender must match a lookup record.
public enum SourceValidation: String, Choice {
  /// A record, or a wildcard of its MAC, must exist for the sender's address and MAC.
  case recordRequired
  /// Anything may be sent.
  case none

  /// The setting's name.
  public static let name = "sourceValidation"
  /// What is chosen.
  public static let about = "Whether a packet's source must match a lookup record of its port."
  /// What the sources say.
  public static let evidence =
    "Microsoft's two-tenant sample: a VM whose addresses do not match its records will not be"
    + " processed correctly. Default: recordRequired."
}

/// For which addresses a host answers ARP and ND.
public enum NeighborProxyScope: String, Choice {
  /// Those with a record in the asker's own virtual subnet.
  case ownSubnet
  /// Those with a record anywhere in the asker's routing domain.
  case routingDomain

  /// The setting's name.
  public static let name = "neighborProxy"
  /// What is chosen.
  public static let about = "For which addresses a host answers ARP and neighbour solicitations."
  /// What the sources say.
  public static let evidence =
    "The Microsoft Press book says that ARP stays within the subnet; whether an address of another"
    + " subnet is answered for a guest with a wrong mask, no source says. Default: ownSubnet."
}

/// Where an external gateway may be.
public enum ExternalGatewayPlace: String, Choice {
  /// In a virtual subnet without other machines.
  case ownSubnet
  /// Anywhere.
  case anySubnet

  /// The setting's name.
  public static let name = "externalGateway"
  /// What is chosen.
  public static let about = "Whether an external gateway needs a virtual subnet of its own."
  /// What the sources say.
  public static let evidence =
    "The article and Microsoft's 2012 R2 guide require a separate subnet, a 2012 example shares"
    + " one; whether the R2 cmdlets refuse it, no source says. Default: ownSubnet, anySubnet"
    + " under 2012."
}

/// How frames between machines of one host and subnet travel.
public enum SameHostForwarding: String, Choice {
  /// By destination address, like all others.
  case routed
  /// By destination MAC, without HNV seeing them.
  case bridged

  /// The setting's name.
  public static let name = "sameHost"
  /// What is chosen.
  public static let about = "How frames between machines of one host and subnet are forwarded."
  /// What the sources say.
  public static let evidence =
    "ipSpace: under 2012 HNV was a filter below the switch and never saw them; under 2012 R2 they"
    + " are routed like all others. Default: routed, bridged under 2012."
}

/// What carries a packet across the underlay.
public enum Encapsulation: String, Choice {
  /// NVGRE, 42 bytes more over IPv4.
  case nvgre
  /// VXLAN, 50 bytes more over IPv4.
  case vxlan

  /// The bytes that it puts before a customer's packet, over an underlay of a family: the outer IP
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

  /// The setting's name.
  public static let name = "encapsulation"
  /// What is chosen.
  public static let about = "What carries a customer frame across the underlay."
  /// What the sources say.
  public static let evidence =
    "2012 and 2012 R2 know NVGRE only; 2016 defaults to VXLAN and offers NVGRE. Default: nvgre,"
    + " vxlan under 2016."
}

/// What Select-NetVirtualizationNextHop answers between subnets.
public enum NextHopAnswerBetweenSubnets: String, Choice {
  /// The MAC of the machine that gets the packet.
  case machine
  /// The MAC of the sender's gateway address.
  case gateway

  /// The setting's name.
  public static let name = "nextHopAnswer"
  /// What is chosen.
  public static let about = "Which MAC Select-NetVirtualizationNextHop gives between subnets."
  /// What the sources say.
  public static let evidence =
    "The cmdlet's page speaks of the next hop's MAC in the HNV database and not of this case."
    + " Default: machine."
}
