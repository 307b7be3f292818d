/// How a port's basic and extended access lists go together.
public enum AccessListCombination: String, Choice {
  /// A packet passes where neither list denies it; the state of a flow counts as the extended
  /// list's answer.
  case bothMustAllow
  /// The extended list decides where one of its rules, or the state of a flow, matches; the basic
  /// list is asked about the rest.
  case extendedFirst

  /// The setting's name.
  public static let name = "accessLists"
  /// What is chosen.
  public static let about = "How the basic and the extended access lists of a port go together."
  /// What the sources say.
  public static let evidence =
    "The pages of Add-VMNetworkAdapterAcl and Add-VMNetworkAdapterExtendedAcl each describe their"
    + " own list and are silent on the other. Default: bothMustAllow."
}

/// Whether access rules see ARP and neighbour discovery.
public enum NeighborFiltering: String, Choice {
  /// They do not.
  case exempt
  /// Basic rules see MAC addresses, the sender's and target's addresses of ARP, and neighbour
  /// discovery as the IPv6 packets it consists of; so do extended rules, to which ARP is no IP.
  case filtered

  /// The setting's name.
  public static let name = "neighborFiltering"
  /// What is chosen.
  public static let about = "Whether access rules see ARP and neighbour discovery."
  /// What the sources say.
  public static let evidence =
    "No source says it. Microsoft's examples deny everything at the lowest weight and allow no"
    + " address resolution, and are meant to work. Default: exempt."
}
