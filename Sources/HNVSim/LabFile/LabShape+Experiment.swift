import HNVCore

extension LabShape {
  static let packetKeys: [ObjectShape.Key] = [
    .init("from", name, about: "The machine, or outside network, that sends."),
    .init(
      "to", .text(about: "A name or an address.", examples: ["X", "198.51.100.10"]),
      about: "The machine, outside network or address it sends to."),
    .init("protocol", protocolName, about: "The protocol. Default: icmp."),
    .init(
      "sourcePort", .number(0...65535, about: "A port."),
      about: "The source port. Default: 49152."),
    .init(
      "destinationPort", .number(0...65535, about: "A port."),
      about: "The destination port. Default: 80 for tcp and 53 for udp."),
    .init("ttl", .number(1...255, about: "Hops."), about: "The TTL. Default: 128."),
    .init(
      "size", .number(0...UInt64(Question.largestSize), about: "Bytes of payload."),
      about: "The size. Default: 32 for icmp, else 0."),
    .init(
      "dontFragment", .bool,
      about: "Whether it must not be fragmented, as guests send it. Default: true."),
  ]

  static let expectation = Shape.object(
    ObjectShape(
      "expectation", about: "What a packet should do, or what the check should report.",
      keys: packetKeys + [
        .init(
          "through", names, about: "The forwarding machines it passes, in order. Default: any."),
        .init(
          "redirected", .bool,
          about: "Whether a router redirects its sender. Default: either."),
        .init(
          "outcome", .oneOf(LabShape.outcomes, about: ""),
          about: "How it should end. Default: reachable (the packet and its answer arrive)."),
        .init(
          "at", time,
          about: "When it is sent. Default: into the initial state, apart from the timeline."
        ),
        .init(
          "fault", .oneOf(DiagnosticRule.all.map(\.identifier), about: "A rule's identifier."),
          about: "The rule that the check should report, in place of a packet."),
        .init(
          "models", models,
          about: "The models under which it is expected. Default: the lab's own."),
      ]))

  private static let models = Shape.list(
    of: .oneOf(ForwardingModels.names, about: "A forwarding model."))

  /// What can be expected of a packet.
  static let outcomes = ["reachable", "unreachable"] + Disposition.allCases.map(\.rawValue)

  static let event = Shape.object(
    ObjectShape(
      "event", about: "One thing that happens at a virtual time.",
      keys: [
        .init("at", time, required: true, about: "When."),
        .init("send", packet, about: "A packet is sent."),
        .init(
          "sendAll", names,
          about: "Every two of these exchange a packet and its answer; an empty list means all"
            + " machines that do not forward, and all outside networks."),
        .init("every", time, about: "The time from one packet to the next, where many are sent."),
        .init(
          "times", .number(1...TimelineReader.longestStream, about: "Packets."),
          about: "How many packets are sent. Default: 1."),
        .init("models", models, about: "The models under which it happens. Default: all."),
        .init("deliver", delivery, about: "Hosts receive a record or route, as it should be now."),
        .init("withhold", delivery, about: "Hosts lose a record or route."),
        .init("move", move, about: "A machine moves; the hosts' policy stays as it is."),
        .init("stop", name, about: "A machine, host or outside network stops."),
        .init("start", name, about: "It starts again."),
        .init("cut", names, about: "The link between two elements is cut; `underlay` is one."),
        .init("restore", names, about: "The link carries frames again."),
      ]))

  private static let packet = Shape.object(
    ObjectShape("packet", about: "A packet to send.", keys: packetKeys))

  private static let delivery = Shape.object(
    ObjectShape(
      "delivery", about: "A record or a route, and the hosts it concerns.",
      keys: [
        .init("record", address, about: "The address whose record it is; write this or route."),
        .init("route", prefix, about: "The prefix whose route it is; write this or record."),
        .init("everything", .bool, about: "All that a host should hold, in place of one entry."),
        .init("hosts", names, about: "The hosts. Default: all."),
      ]))

  private static let move = Shape.object(
    ObjectShape(
      "move", about: "A machine, and where to.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init("to", name, required: true, about: "The host it moves to."),
      ]))

  static let hnv = Shape.object(
    ObjectShape(
      "hnv section", about: "What only Hyper-V Network Virtualization has; all may be left out.",
      keys: [
        .init(
          "release", .oneOf(Release.allCases.map(\.rawValue), about: "Windows Server."),
          about: "The release. Default: 2012R2."),
        .init("settings", settings, about: "Behaviour that differs from the release's."),
        .init(
          "routingDomains",
          .dictionary(
            of: .text(
              about: "A GUID.", examples: ["{11111111-2222-3333-4444-000000000000}"]),
            about: "By network."), about: "The RDIDs of networks. Default: derived."),
        .init(
          "virtualSubnets",
          .dictionary(of: .number(0...UInt64(UInt32.max), about: "A VSID."), about: "By subnet."),
          about: "The VSIDs of subnets, 4096 to 16777214. Default: from 5001."),
        .init(
          "providerAddresses", .list(of: providerAddress),
          about: "All provider addresses of these hosts; other hosts have their underlay address."),
        .init(
          "providerRoutes", .list(of: providerRoute),
          about: "All provider routes of these hosts; other hosts have a default route to the first"
            + " router of their network."),
        .init(
          "policyRefresh", time,
          about:
            "How long a host waits for policy that it requests. Default: no answer comes."),
        .init(
          "recordsOf", .list(of: recordForm),
          about: "How the records of single machines are written, where they differ."),
        .init(
          "records", .list(of: record),
          about: "Records that all hosts hold beside the derived ones, such as those of groups."),
        .init(
          "guests", .list(of: guest),
          about: "What decides whether hosts can lower the MTU of guests."),
        .init(
          "deviations", .list(of: deviation),
          about: "How single hosts deviate from what all should hold."),
        .init(
          "ports", .list(of: port),
          about: "What the ports of single adapters have beside \"rules\"."
        ),
      ]))

  private static let settings = Shape.object(
    ObjectShape(
      "settings", about: "Behaviour where releases differ or sources are silent.",
      keys: Settings.descriptions.map { setting in
        .init(
          setting.name, .oneOf(setting.values, about: ""),
          about: "\(setting.about) \(setting.evidence)")
      }))

  private static let recordForm = Shape.object(
    ObjectShape(
      "form of records", about: "How a machine's lookup records are written.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init(
          "type", .oneOf(["Static", "L2Only"], about: "A type."),
          about: "-Type; L2Only for a machine whose addresses HNV has yet to learn."),
        .init("rule", .oneOf(["Encap", "Nat", "None"], about: "A method."), about: "-Rule."),
        .init(
          "providerAddress", address,
          about: "-ProviderAddress, an additional one of its host. Default: the host's first."),
        .init("useVmMACAddress", .bool, about: "-UseVmMACAddress. Default: false."),
      ]))

  private static let guest = Shape.object(
    ObjectShape(
      "guest", about: "What decides whether a host can lower a guest's MTU.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init(
          "system",
          .oneOf(
            GuestProfile.System.allCases.map(\.rawValue),
            about: "Windows Server 2008 or later, or Linux before KB3021753."),
          about: "Its operating system. Default: windows."),
        .init(
          "adapter",
          .oneOf(GuestProfile.Adapter.allCases.map(\.rawValue), about: "A network adapter."),
          about: "Its network adapter. Default: synthetic."),
        .init(
          "virtualSubnetSet",
          .oneOf(GuestProfile.Moment.allCases.map(\.rawValue), about: "A moment."),
          about: "When its port was given its virtual subnet. Default: beforeBoot."),
      ]))

  private static let deviation = Shape.object(
    ObjectShape(
      "deviation", about: "How the policy of one host differs.",
      keys: [
        .init("host", name, required: true, about: "The host."),
        .init("withholdRecords", addresses, about: "The addresses whose records it lacks."),
        .init("withholdRoutes", prefixes, about: "The prefixes whose routes it lacks."),
        .init("addRecords", .list(of: record), about: "Records it holds beside the others."),
        .init("addRoutes", .list(of: customerRoute), about: "Routes it holds beside the others."),
      ]))

  private static let record = Shape.object(
    ObjectShape(
      "lookup record", about: "A NetVirtualizationLookupRecord.",
      keys: [
        .init("customerAddress", address, required: true, about: "-CustomerAddress."),
        .init("subnet", name, required: true, about: "The subnet, for -VirtualSubnetID."),
        .init("macAddress", .text(about: "A MAC."), required: true, about: "-MACAddress."),
        .init("providerAddress", address, required: true, about: "-ProviderAddress."),
        .init(
          "rule", .oneOf(["Encap", "Nat", "None"], about: "A method."),
          about: "-Rule. Default: Encap."),
        .init(
          "type", .oneOf(["Static", "Dynamic", "GatewayWildcard", "L2Only"], about: "A type."),
          about: "-Type. Default: Static."),
      ]))

  private static let customerRoute = Shape.object(
    ObjectShape(
      "customer route", about: "A NetVirtualizationCustomerRoute.",
      keys: [
        .init(
          "subnet", name, required: true,
          about: "The subnet of the next hop, for -VirtualSubnetID."),
        .init("destinationPrefix", prefix, required: true, about: "-DestinationPrefix."),
        .init("nextHop", address, about: "-NextHop. Default: on-link."),
        .init(
          "metric", .number(0...UInt64(UInt32.max), about: "Lower is better."),
          about: "-Metric. Default: 0."),
      ]))
}
