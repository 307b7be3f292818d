/// Whether the gateway address of a subnet answers a ping.
public enum GatewayEcho: String, Choice {
  /// It does not.
  case silent
  /// The sender's host answers.
  case answered

  /// The setting's name.
  public static let name = "gatewayEcho"
  /// What is chosen.
  public static let about =
    "Whether the gateway address of a virtual subnet answers echo requests."
  /// What the sources say.
  public static let evidence =
    "Microsoft's 2012 gateway sample says that it does not; of 2012 R2 no source"
    + " speaks. Default: silent."
}

/// Whether HNV itself sends ICMP errors.
public enum ICMPErrorsByHosts: String, Choice {
  /// They do not.
  case none
  /// From the gateway address of the sender's subnet.
  case sent

  /// The setting's name.
  public static let name = "icmpErrors"
  /// What is chosen.
  public static let about =
    "Whether hosts tell a machine by ICMP that its packet was lost."
  /// What the sources say.
  public static let evidence =
    "No source mentions such messages from HNV: neither time exceeded, nor unreachable,"
    + " nor packet too big, for which drivers are only asked to send smaller segments."
    + " Default: none."
}

/// What stands in the FlowID of NVGRE, or the source port of VXLAN.
public enum FlowIdentifier: String, Choice {
  /// Nothing: 0, and VXLAN's first dynamic port.
  case zero
  /// A hash of the customer's addresses, protocol and ports.
  case hashed

  /// The setting's name.
  public static let name = "flowID"
  /// What is chosen.
  public static let about =
    "What hosts write as the flow's entropy: NVGRE's FlowID, VXLAN's source port."
  /// What the sources say.
  public static let evidence =
    "RFC 7637 allows zero where none is generated; what 2012 R2 writes, no source says."
    + " Default: zero."
}

/// What stands in the outer header's differentiated services field.
public enum OuterServiceClass: String, Choice {
  /// 0.
  case zero
  /// The customer packet's.
  case copied

  /// The setting's name.
  public static let name = "outerDSCP"
  /// What is chosen.
  public static let about =
    "Whether the outer header takes over the customer's differentiated services field."
  /// What the sources say.
  public static let evidence =
    "No source says. Default: zero."
}

/// Whether underlay routers may fragment a tunnel packet.
public enum OuterDontFragment: String, Choice {
  /// They must not.
  case set
  /// They may.
  case clear
  /// As the customer's packet says; IPv6 customers forbid it.
  case copied

  /// The setting's name.
  public static let name = "outerDontFragment"
  /// What is chosen.
  public static let about =
    "Whether the outer header forbids fragmentation."
  /// What the sources say.
  public static let evidence =
    "RFC 7637 has hosts avoid fragmentation; what 2012 R2 sets, no source says."
    + " Default: set."
}
