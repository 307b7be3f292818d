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
