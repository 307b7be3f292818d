/// A setting as data, for readers of lab files and for the documentation.
package struct SettingDescription: Sendable {
  /// The setting's name.
  package let name: String
  /// The values it takes.
  package let values: [String]
  /// What is chosen, in one sentence.
  package let about: String
  /// What the sources say of it.
  package let evidence: String
  /// The value in a set of settings.
  package let read: @Sendable (Settings) -> String
  /// Sets the value; `false`, and no change, when the setting has no such value.
  package let write: @Sendable (inout Settings, String) -> Bool

  init<Value: Choice>(
    _ read: @escaping @Sendable (Settings) -> Value,
    _ write: @escaping @Sendable (inout Settings, Value) -> Void,
    _ about: String, evidence: String
  ) {
    var values: [String] = []
    for value in Value.allCases { values.append(value.rawValue) }
    name = Value.name
    self.values = values
    self.about = about
    self.evidence = evidence
    self.read = { read($0).rawValue }
    self.write = { settings, text in
      guard let value = Value(rawValue: text) else { return false }
      write(&settings, value)
      return true
    }
  }
}

extension Settings {
  /// Every setting, in the order of `Settings`.
  package static let descriptions: [SettingDescription] = [
    SettingDescription(
      { $0.recordPrecedence }, { $0.recordPrecedence = $1 },
      "Whether a lookup record always counts as a host route.",
      evidence:
        "The article calls a record a host route, and ipSpace's text on 2012 lets the record win;"
        + " ipSpace's text on 2012 R2 searches the routes first. They differ only for a route"
        + " more specific than the subnet. Default: hostRoute."),
    SettingDescription(
      { $0.timeToLive }, { $0.timeToLive = $1 },
      "Whether the TTL of a packet between subnets is decremented.",
      evidence:
        "ipSpace (October 2013) says that it should be; Microsoft's page on 2016 says that HNV"
        + " behaves like a physical router; no source covers 2012 R2 itself. Default:"
        + " decremented."),
    SettingDescription(
      { $0.sourceMAC }, { $0.sourceMAC = $1 },
      "Which source MAC a packet between subnets has on arrival.",
      evidence:
        "No source says. 2016 lists compliant Ethernet headers as an improvement, which suggests"
        + " that earlier releases kept the sender's MAC. Default: kept."),
    SettingDescription(
      { $0.foreignMAC }, { $0.foreignMAC = $1 },
      "What happens to a frame within a subnet whose destination MAC is not the record's.",
      evidence:
        "ipSpace: the destination MAC is ignored and overwritten with the record's, normally"
        + " without effect. Default: rewritten."),
    SettingDescription(
      { $0.sourceValidation }, { $0.sourceValidation = $1 },
      "Whether a packet's source must match a lookup record of its port.",
      evidence:
        "Microsoft's two-tenant sample: a VM whose addresses do not match its records will not be"
        + " processed correctly. Default: recordRequired."),
    SettingDescription(
      { $0.neighborProxy }, { $0.neighborProxy = $1 },
      "For which addresses a host answers ARP and neighbour solicitations.",
      evidence:
        "The Microsoft Press book says that ARP stays within the subnet; no source says whether a"
        + " host answers for an address of another subnet, which a guest with a wrong mask asks"
        + " for. Default: ownSubnet."),
    SettingDescription(
      { $0.policyChecks }, { $0.policyChecks = $1 },
      "Whether policy that the sources advise against is refused: a gateway in a VM subnet, a"
        + " machine at the reserved address, overlapping prefixes, a VSID in two routing domains,"
        + " a second prefix of a VSID, an address outside its subnet, two records of one address.",
      evidence:
        "No page documents any error of the cmdlets. Microsoft's overview forbids overlapping"
        + " prefixes and its samples reserve the lowest address, without saying what enforces"
        + " either; the MAC address is part of a record's key, which allows two records of one"
        + " address; OpenStack's driver was refused a second prefix, and still put gateways into"
        + " VM subnets in 2015. Default: strict."),
    SettingDescription(
      { $0.externalGateway }, { $0.externalGateway = $1 },
      "Whether an external gateway needs a virtual subnet of its own.",
      evidence:
        "The article and Microsoft's 2012 R2 guide require a separate subnet, a 2012 example"
        + " shares one; no source says whether the R2 cmdlets refuse that. Default: ownSubnet,"
        + " anySubnet under 2012."),
    SettingDescription(
      { $0.sameHost }, { $0.sameHost = $1 },
      "How frames between machines of one host and subnet are forwarded.",
      evidence:
        "ipSpace: under 2012 HNV was a filter below the switch and never saw them; under 2012 R2"
        + " they are routed like all others. Default: routed, bridged under 2012."),
    SettingDescription(
      { $0.encapsulation }, { $0.encapsulation = $1 },
      "What carries a customer frame across the underlay.",
      evidence:
        "2012 and 2012 R2 support NVGRE only; 2016 defaults to VXLAN and offers NVGRE. Default:"
        + " nvgre, vxlan under 2016."),
    SettingDescription(
      { $0.nextHopAnswer }, { $0.nextHopAnswer = $1 },
      "Which MAC Select-NetVirtualizationNextHop gives between subnets.",
      evidence:
        "The cmdlet's page mentions the next hop's MAC in the HNV database, but not this case."
        + " Default: machine."),
    SettingDescription(
      { $0.accessLists }, { $0.accessLists = $1 },
      "How the basic and the extended access list of a port combine.",
      evidence:
        "The pages of Add-VMNetworkAdapterAcl and Add-VMNetworkAdapterExtendedAcl each describe"
        + " their own list and are silent on the other. Default: bothMustAllow."),
    SettingDescription(
      { $0.neighborFiltering }, { $0.neighborFiltering = $1 },
      "Whether access rules apply to ARP and neighbour discovery.",
      evidence:
        "No source says. Microsoft's examples deny everything at the lowest weight and do not"
        + " allow address resolution, yet are meant to work. Default: exempt."),
    SettingDescription(
      { $0.metricTie }, { $0.metricTie = $1 },
      "Which of two routes with the same prefix and metric is used.",
      evidence:
        "The cmdlets' page says that the lowest metric wins, and does not mention ties. Default:"
        + " firstWritten."),
    SettingDescription(
      { $0.wildcardScope }, { $0.wildcardScope = $1 },
      "Where a GatewayWildcard record applies.",
      evidence:
        "Microsoft's samples put the wildcard into the gateway's own virtual subnet; no source"
        + " says whether it applies to the other subnets of the routing domain. Default:"
        + " virtualSubnet."),
    SettingDescription(
      { $0.wildcardUse }, { $0.wildcardUse = $1 },
      "Whether a GatewayWildcard record also receives packets that no other record resolves.",
      evidence:
        "Microsoft's gateway sample adds it so that packets from and to addresses behind the"
        + " gateway pass validation; a reader's comment at ipSpace adds that unresolvable"
        + " packets go to it. Default: validation."),
    SettingDescription(
      { $0.externalRouter }, { $0.externalRouter = $1 },
      "Whether packets between subnets go to the routers that customer routes name"
        + " (UseExternalRouter).",
      evidence:
        "The cmdlet's page: when true, traffic between subnets goes to the external routers that"
        + " customer routes name; its example shows False. Default: unused."),
    SettingDescription(
      { $0.untranslated }, { $0.untranslated = $1 },
      "What happens to packets to records with the rule TranslationMethodNone.",
      evidence:
        "The cmdlet's page says only \"no translation\". Default: refused."),
    SettingDescription(
      { $0.receiverValidation }, { $0.receiverValidation = $1 },
      "Whether the receiving host checks a packet's customer source against its records.",
      evidence:
        "Microsoft's 2012 gateway sample puts a wildcard on all hosts so that packets from behind"
        + " the gateway pass; its 2012 R2 guide puts it only on the gateway's host. Default:"
        + " recordOrGateway."),
    SettingDescription(
      { $0.sourceProviderAddress }, { $0.sourceProviderAddress = $1 },
      "Which of a host's provider addresses is the source of a packet.",
      evidence:
        "Microsoft's samples require a host to own the addresses in its VMs' records; [MS-NVGREE]"
        + " leaves it to policy. Default: senderRecord."),
    SettingDescription(
      { $0.controlMessages }, { $0.controlMessages = $1 },
      "Whether hosts send NVGRE REDIRECT and UNREACHABLE to one another.",
      evidence:
        "[MS-NVGREE] applies to 2012 R2 and 2016, and only to NVGRE. Default: sent, none under"
        + " 2012."),
    SettingDescription(
      { $0.hostRestart }, { $0.hostRestart = $1 },
      "What happens to a host's policy when the host restarts.",
      evidence:
        "The authors of OpenStack's driver found that records are lost on a restart; no Microsoft"
        + " page says so. Default: policyLost."),
    SettingDescription(
      { $0.groups }, { $0.groups = $1 },
      "How multicast and broadcast packets reach the other hosts of their virtual subnet.",
      evidence:
        "ipSpace (December 2013): 2012 R2 sends one packet to the provider group in a record, else"
        + " a copy to each host; 2012 drops packets that would leave the host. Microsoft on"
        + " 2016: unicast replication only. Default: multicast, sameHost under 2012, replicated"
        + " under 2016."),
    SettingDescription(
      { $0.subnetBroadcast }, { $0.subnetBroadcast = $1 },
      "Whether the highest address of the sender's IPv4 subnet is treated as a broadcast.",
      evidence:
        "No source says; guests send such packets as Ethernet broadcasts. Default: group."),
    SettingDescription(
      { $0.unknownNeighbor }, { $0.unknownNeighbor = $1 },
      "What happens to ARP and ND requests for an address that no record resolves.",
      evidence:
        "ipSpace and the Microsoft Press book: 2012 R2 floods them to the hosts of L2Only records,"
        + " where there are any; 2012 floods nothing, and Microsoft on 2016 says that nobody"
        + " answers. Default: flooded, silent under 2012 and 2016."),
    SettingDescription(
      { $0.learning }, { $0.learning = $1 },
      "What a host learns the addresses of L2Only machines from.",
      evidence:
        "2012 R2 learns addresses, 2012 cannot (ipSpace, August 2013); no source says from which"
        + " packets. Default: neighborMessages, none under 2012 and 2016."),
    SettingDescription(
      { $0.learnedAgeing }, { $0.learnedAgeing = $1 },
      "How long a learned record is kept.",
      evidence:
        "No source says. Default: never."),
    SettingDescription(
      { $0.learnedConflict }, { $0.learnedConflict = $1 },
      "Which record is used for an address that was learned with another MAC than the static"
        + " record's.",
      evidence:
        "No source says. Default: staticWins."),
    SettingDescription(
      { $0.gratuitousARP }, { $0.gratuitousARP = $1 },
      "What happens to a gratuitous ARP or an unsolicited neighbour advertisement.",
      evidence:
        "ipSpace notes that clusters which share an address by ARP failed under 2012; no source"
        + " covers 2012 R2. Default: consumed."),
    SettingDescription(
      { $0.gatewayEcho }, { $0.gatewayEcho = $1 },
      "Whether the gateway address of a virtual subnet answers echo requests.",
      evidence:
        "Microsoft's 2012 gateway sample says that it does not; no source covers 2012 R2. Default:"
        + " silent."),
    SettingDescription(
      { $0.icmpErrors }, { $0.icmpErrors = $1 },
      "Whether hosts send ICMP errors to the sender of a dropped packet.",
      evidence:
        "No source mentions ICMP errors from HNV: neither time exceeded, nor unreachable, nor"
        + " packet too big, where drivers are only asked to send smaller segments. Default:"
        + " none."),
    SettingDescription(
      { $0.flowID }, { $0.flowID = $1 },
      "What hosts write into the field that identifies a flow: NVGRE's FlowID, VXLAN's source"
        + " port.",
      evidence:
        "RFC 7637 allows zero where none is generated; no source says what 2012 R2 writes."
        + " Default: zero."),
    SettingDescription(
      { $0.outerDSCP }, { $0.outerDSCP = $1 },
      "Whether the outer header copies the customer's differentiated services field.",
      evidence:
        "No source says. Default: zero."),
    SettingDescription(
      { $0.outerDontFragment }, { $0.outerDontFragment = $1 },
      "Whether the outer header forbids fragmentation.",
      evidence:
        "RFC 7637 has hosts avoid fragmentation; no source says what 2012 R2 sets. Default: set."),
    SettingDescription(
      { $0.guestMTU }, { $0.guestMTU = $1 },
      "Whether a host lowers its guests' MTU by what its encapsulation adds.",
      evidence:
        "TechNet wiki, NVGRE MTU reduction: 2012 R2 lowers it to 1458 over IPv4 for guests from"
        + " Windows Server 2008 on, with a synthetic adapter whose virtual subnet was set before"
        + " they started, and no jumbo frames on the provider adapter; Linux guests stayed at"
        + " 1500 until KB3021753. 2012 does not; for 2016, Microsoft's planning guide asks for"
        + " an MTU of 1674 bytes in the fabric instead. Default: automatic, unchanged under 2012"
        + " and 2016."),
  ]
}
