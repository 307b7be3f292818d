/// Whether the receiving host checks the inner source of a packet.
public enum ReceiverValidation: String, Choice {
  /// A record must exist, or the packet comes from the host of a next hop of its routing domain.
  case recordOrGateway
  /// A record or a wildcard must exist.
  case recordRequired
  /// Anything is taken.
  case none

  /// The setting's name.
  public static let name = "receiverValidation"
  /// What is chosen.
  public static let about =
    "Whether the receiving host checks a packet's customer source against its records."
  /// What the sources say.
  public static let evidence =
    "Microsoft's 2012 gateway sample wants a wildcard on all hosts so that packets from"
    + " behind the gateway pass; its 2012 R2 guide installs it on the gateway's host"
    + " alone. Default: recordOrGateway."
}

/// Which provider address a host sends from.
public enum SourceProviderAddress: String, Choice {
  /// The one in the record of the sending machine.
  case senderRecord
  /// The host's first of the family.
  case firstOfHost

  /// The setting's name.
  public static let name = "sourceProviderAddress"
  /// What is chosen.
  public static let about =
    "Which of a host's provider addresses is the source of a packet."
  /// What the sources say.
  public static let evidence =
    "Microsoft's samples demand that the host owns the address that its VMs' own"
    + " records name; [MS-NVGREE] leaves it to policy. Default: senderRecord."
}

/// Whether hosts tell one another of moved machines and missing policy.
public enum NVGREControlMessages: String, Choice {
  /// REDIRECT for a machine that moved, UNREACHABLE for what the receiver has no policy for.
  case sent
  /// The sender learns nothing.
  case none

  /// The setting's name.
  public static let name = "controlMessages"
  /// What is chosen.
  public static let about =
    "Whether hosts send NVGRE REDIRECT and UNREACHABLE to one another."
  /// What the sources say.
  public static let evidence =
    "[MS-NVGREE] applies to 2012 R2 and 2016 and to NVGRE alone. Default: sent, none"
    + " under 2012."
}

/// What a host knows after it was stopped.
public enum HostRestart: String, Choice {
  /// It forgets records and routes until it is told them again.
  case policyLost
  /// It keeps what it was told.
  case policyKept

  /// The setting's name.
  public static let name = "hostRestart"
  /// What is chosen.
  public static let about =
    "What becomes of a host's policy when the host stops."
  /// What the sources say.
  public static let evidence =
    "A cloud driver's authors found that records vanish with a restart; no Microsoft"
    + " page says so. Default: policyLost."
}
