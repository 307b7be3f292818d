extension LabShape {
  static let azure = Shape.object(
    ObjectShape(
      "azure section", about: "What only an Azure virtual network has; all may be left out.",
      keys: [
        .init(
          "addressSpaces", cloudBlocks,
          about: "The address space of networks. Default: the /16 around each subnet."),
        .init(
          "publicAddresses", .list(of: cloudAddress),
          about: "Public IP addresses, beside those of adapters on outside networks."),
        .init(
          "ipForwarding", .list(of: ipForwarding),
          about: "IP forwarding of machines. Default: off, and on for machines that forward."),
        .init(
          "securityGroups", .list(of: networkSecurityGroup),
          about: "Network security groups, beside those that adapters' own rules make."),
        .init(
          "routeTables", .list(of: userRoutes),
          about: "Route tables, in place of those derived from the network's routes."),
      ]))

  private static let ipForwarding = Shape.object(
    ObjectShape(
      "IP forwarding",
      about: "Whether a machine may send and receive packets with other addresses than its own.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init("forwarding", onOrOff, required: true, about: "Whether it may."),
      ]))

  private static let networkSecurityGroup = Shape.object(
    ObjectShape(
      "network security group", about: "Stateful rules at network interfaces and subnets.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("machines", names, about: "The machines whose interfaces have it."),
        .init("subnets", names, about: "The subnets that have it."),
        .init(
          "rules", .list(of: securityRule),
          about: "Its rules; the default rules 65000, 65001 and 65500 follow."),
      ]))

  private static let securityRule = Shape.object(
    ObjectShape(
      "security rule", about: "A rule by its priority; a missing key matches anything.",
      keys: [
        .init(
          "priority", .number(100...4096, about: "Lower comes first."), required: true,
          about: "The lowest that matches decides."),
        .init("action", action, required: true, about: "What happens to the packet."),
        .init(
          "direction", .oneOf(["inbound", "outbound"], about: "As the machine sees it."),
          required: true, about: "Which packets the rule is for."),
        .init(
          "peer",
          .text(
            about: "A prefix or a service tag.",
            examples: ["10.0.0.0/16", "VirtualNetwork", "Internet"]),
          about: "The peers. Default: anybody."),
      ] + cloudMatch))

  private static let userRoutes = Shape.object(
    ObjectShape(
      "user-defined routes", about: "The route table of subnets, beside the system's routes.",
      keys: [
        .init("subnets", names, required: true, about: "The subnets that have it."),
        .init("routes", .list(of: userRoute), required: true, about: "Its routes."),
      ]))

  private static let userRoute = Shape.object(
    ObjectShape(
      "user-defined route", about: "A route that is used before a system route of the same prefix.",
      keys: [
        .init("to", prefix, required: true, about: "The destinations."),
        .init(
          "nextHop",
          .text(
            about: "A type or an address.",
            examples: ["VirtualNetwork", "Internet", "None", "10.0.2.250"]),
          required: true,
          about: "VirtualNetwork, Internet, None, or the address of a virtual appliance."),
      ]))
}

extension LabReader {
  func azureSection(_ value: JSON5Value) -> AzureSection {
    var section = AzureSection()
    section.addressSpaces = cloudBlocks(value, "addressSpaces")
    section.publicAddresses = cloudAddresses(value)
    section.ipForwarding = items(value, "ipForwarding").map {
      AzureSection.IPForwarding(
        machine: written($0, "machine"), forwarding: written($0, "forwarding"))
    }
    section.securityGroups = items(value, "securityGroups").map { group in
      AzureSection.SecurityGroup(
        name: written(group, "name"), machines: list(group, "machines"),
        subnets: list(group, "subnets"),
        rules: items(group, "rules").map { rule in
          AzureSection.SecurityRule(
            priority: rule["priority"]?.integer ?? 0, action: written(rule, "action"),
            direction: written(rule, "direction"), peer: optional(rule, "peer"),
            ipProtocol: optional(rule, "protocol"), ports: optional(rule, "ports"))
        })
    }
    section.routeTables = items(value, "routeTables").map { table in
      AzureSection.RouteTable(
        subnets: list(table, "subnets"),
        routes: items(table, "routes").map { route in
          AzureSection.Route(to: written(route, "to"), nextHop: written(route, "nextHop"))
        })
    }
    return section
  }
}
