/// Which of two routes wins whose prefix and metric are the same.
public enum MetricTie: String, Choice {
  /// The one that was written first.
  case firstWritten
  /// The one that was written last.
  case lastWritten

  /// The setting's name.
  public static let name = "metricTie"
  /// What is chosen.
  public static let about =
    "Which of two routes of one prefix and one metric wins."
  /// What the sources say.
  public static let evidence =
    "The cmdlets' page says that the lowest metric wins, and nothing of a tie. Default:"
    + " firstWritten."
}

/// Where the wildcard record of a gateway counts.
public enum WildcardScope: String, Choice {
  /// In its own virtual subnet.
  case virtualSubnet
  /// In every virtual subnet of its routing domain.
  case routingDomain

  /// The setting's name.
  public static let name = "wildcardScope"
  /// What is chosen.
  public static let about =
    "Where a GatewayWildcard record counts."
  /// What the sources say.
  public static let evidence =
    "Microsoft's samples write the wildcard in the gateway's own virtual subnet;"
    + " whether it counts in the other subnets of the routing domain, no source says."
    + " Default: virtualSubnet."
}

/// What the wildcard record of a gateway is good for.
public enum WildcardUse: String, Choice {
  /// Packets from its MAC address pass the check of their source.
  case validation
  /// It also takes packets whose next hop no other record resolves.
  case forwarding

  /// The setting's name.
  public static let name = "wildcardUse"
  /// What is chosen.
  public static let about =
    "Whether a GatewayWildcard record also takes what no other record resolves."
  /// What the sources say.
  public static let evidence =
    "Microsoft's gateway sample writes it so that packets from and to addresses behind"
    + " the gateway pass validation; a reader's comment at ipSpace adds that unresolvable"
    + " packets go to it. Default: validation."
}

/// Who routes between subnets: Set-NetVirtualizationGlobal -UseExternalRouter.
public enum ExternalRouterUse: String, Choice {
  /// The hosts route by records and on-link routes.
  case unused
  /// Only routes with a next hop lead out of the sender's subnet.
  case used

  /// The setting's name.
  public static let name = "externalRouter"
  /// What is chosen.
  public static let about =
    "Whether packets between subnets go to the routers that customer routes name (UseExternalRouter)."
  /// What the sources say.
  public static let evidence =
    "The cmdlet's page: when true, traffic between subnets is handed to external"
    + " routers that customer routes name; its example shows False. Default: unused."
}

/// What becomes of a packet whose record has the rule TranslationMethodNone.
public enum UntranslatedRecords: String, Choice {
  /// It is dropped.
  case refused
  /// It crosses the underlay as it is, to the host of the record.
  case plain

  /// The setting's name.
  public static let name = "untranslated"
  /// What is chosen.
  public static let about =
    "What becomes of packets to records with the rule TranslationMethodNone."
  /// What the sources say.
  public static let evidence =
    "The cmdlet's page says \"no translation\" and no more. Default: refused."
}
