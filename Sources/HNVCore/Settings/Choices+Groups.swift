/// How multicast and broadcast packets reach other hosts.
public enum GroupForwarding: String, Choice {
  /// By the multicast provider address of a record, else one copy to each host.
  case multicast
  /// One copy to each host.
  case replicated
  /// Not at all: machines of the same host alone hear them.
  case sameHost

  /// The setting's name.
  public static let name = "groups"
  /// What is chosen.
  public static let about =
    "How multicast and broadcast packets reach the other hosts of their virtual subnet."
  /// What the sources say.
  public static let evidence =
    "ipSpace (December 2013): 2012 R2 sends one packet to the provider group that a"
    + " record maps, else a copy to each host; 2012 drops what would leave the host."
    + " Microsoft on 2016: unicast replication only. Default: multicast, sameHost under"
    + " 2012, replicated under 2016."
}

/// Whether the highest address of a subnet is a group.
public enum SubnetBroadcast: String, Choice {
  /// It is a broadcast within the subnet.
  case group
  /// It is looked up like any other.
  case unicast

  /// The setting's name.
  public static let name = "subnetBroadcast"
  /// What is chosen.
  public static let about =
    "Whether the highest address of the sender's IPv4 subnet is treated as a broadcast."
  /// What the sources say.
  public static let evidence =
    "No source speaks of it; guests send such packets as Ethernet broadcasts. Default:"
    + " group."
}

/// What becomes of ARP and ND for an address without record.
public enum UnknownNeighbor: String, Choice {
  /// Copies go to the subnet's machines here and to the hosts of its L2Only records.
  case flooded
  /// Nobody hears of them.
  case silent

  /// The setting's name.
  public static let name = "unknownNeighbor"
  /// What is chosen.
  public static let about =
    "What becomes of ARP and ND requests for an address that no record resolves."
  /// What the sources say.
  public static let evidence =
    "ipSpace and the Microsoft Press book: 2012 R2 floods them where L2Only records"
    + " exist, to the hosts of those; under 2012 nothing is flooded, and Microsoft on 2016"
    + " says that nobody answers. Default: flooded, silent under 2012 and 2016."
}

/// What a host learns dynamic records from.
public enum AddressLearning: String, Choice {
  /// ARP messages and neighbour discovery, gratuitous ones too.
  case neighborMessages
  /// Those, and the source of every IP packet.
  case allTraffic
  /// Nothing.
  case none

  /// The setting's name.
  public static let name = "learning"
  /// What is chosen.
  public static let about =
    "What a host learns the addresses of L2Only machines from."
  /// What the sources say.
  public static let evidence =
    "2012 R2 learns addresses, 2012 cannot (ipSpace, August 2013); from which packets,"
    + " no source says. Default: neighborMessages, none under 2012 and 2016."
}

/// How long a learned address is believed.
public enum LearnedAgeing: String, Choice {
  /// Until it is removed.
  case never
  /// For five minutes after it was heard last, the usual age of a switch's entries.
  case fiveMinutes

  /// The setting's name.
  public static let name = "learnedAgeing"
  /// What is chosen.
  public static let about =
    "How long a learned record stays."
  /// What the sources say.
  public static let evidence =
    "No source says. Default: never."
}

/// Whether a learned record or a written one counts for an address.
public enum LearnedConflict: String, Choice {
  /// The written one.
  case staticWins
  /// The learned one.
  case learnedWins

  /// The setting's name.
  public static let name = "learnedConflict"
  /// What is chosen.
  public static let about =
    "Which record counts where an address was learned with another MAC than was written."
  /// What the sources say.
  public static let evidence =
    "No source says. Default: staticWins."
}

/// What becomes of a machine's announcement of its own address.
public enum GratuitousARP: String, Choice {
  /// The host takes it in, learns from it where it learns, and passes it to nobody.
  case consumed
  /// It is sent to the whole virtual subnet like any broadcast.
  case passed

  /// The setting's name.
  public static let name = "gratuitousARP"
  /// What is chosen.
  public static let about =
    "What becomes of a gratuitous ARP or an unsolicited neighbour advertisement."
  /// What the sources say.
  public static let evidence =
    "ipSpace notes that clusters which share an address by ARP failed under 2012; of"
    + " 2012 R2 no source speaks. Default: consumed."
}
