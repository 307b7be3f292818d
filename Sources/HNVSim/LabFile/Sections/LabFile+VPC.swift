extension LabShape {
  static let vpc = Shape.object(
    ObjectShape(
      "vpc section", about: "What only Amazon VPC has; all may be left out.",
      keys: [
        .init(
          "era", .oneOf(["2013", "2021"], about: "A year."),
          about: "2013, or since August 2021: which routes a table may have. Default: 2021."
        ),
        .init(
          "guestMTU", .number(1500...9001, about: "Bytes."),
          about: "The largest packet that machines send. Default: 9001."),
        .init(
          "blocks", cloudBlocks,
          about: "The address blocks of networks. Default: the /16 around each subnet."),
        .init(
          "publicAddresses", .list(of: cloudAddress),
          about: "Elastic IP addresses, beside those of adapters on outside networks."),
        .init(
          "sourceDestinationChecks", .list(of: check),
          about: "Source and destination checks. Default: on, and off for machines that forward."),
        .init(
          "securityGroups", .list(of: group),
          about: "Security groups; a machine in one has its rules in place of its adapters' own."),
        .init(
          "networkACLs", .list(of: networkACL),
          about: "Network ACLs; a subnet without one lets everything pass."),
        .init(
          "routeTables", .list(of: table),
          about: "Route tables, in place of those derived from the network's routes."),
        .init("natGateways", .list(of: natGateway), about: "The platform's own translators."),
        .init("natFailover", .list(of: failover), about: "NAT instances that watch each other."),
      ]))

  private static let check = Shape.object(
    ObjectShape(
      "source and destination check",
      about: "Whether a machine sends and receives only packets with its own addresses.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init("check", onOrOff, required: true, about: "Whether that is checked."),
      ]))

  private static let group = Shape.object(
    ObjectShape(
      "security group", about: "Stateful rules at network interfaces, which only allow.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("machines", names, required: true, about: "The machines that are in it."),
        .init("inbound", .list(of: groupRule), about: "What may come in. Default: nothing."),
        .init("outbound", .list(of: groupRule), about: "What may go out. Default: everything."),
      ]))

  private static let groupRule = Shape.object(
    ObjectShape(
      "security group rule", about: "What is allowed; a missing key matches anything.",
      keys: [
        .init(
          "peer", .text(about: "A prefix or a group.", examples: ["10.0.0.0/16", "web"]),
          about: "A prefix, or a security group whose machines are meant.")
      ] + cloudMatch))

  private static let networkACL = Shape.object(
    ObjectShape(
      "network ACL", about: "Rules without state, where packets enter and leave a subnet.",
      keys: [
        .init("subnets", names, required: true, about: "The subnets that have it."),
        .init("inbound", .list(of: aclRule), about: "What enters; the rest is denied."),
        .init("outbound", .list(of: aclRule), about: "What leaves; the rest is denied."),
      ]))

  private static let aclRule = Shape.object(
    ObjectShape(
      "network ACL rule", about: "A numbered rule; a missing key matches anything.",
      keys: [
        .init(
          "number", .number(1...32766, about: "Lower comes first."), required: true,
          about: "Its number: the lowest that matches decides."),
        .init("action", action, required: true, about: "What happens to the packet."),
        .init("peer", prefix, about: "The addresses beyond the subnet."),
      ] + cloudMatch))

  private static let table = Shape.object(
    ObjectShape(
      "route table", about: "The routes of subnets, beside those to the VPC itself.",
      keys: [
        .init("subnets", names, required: true, about: "The subnets that have it."),
        .init("routes", .list(of: tableRoute), required: true, about: "Its routes."),
      ]))

  private static let tableRoute = Shape.object(
    ObjectShape(
      "table route", about: "A route to an object, not to an address.",
      keys: [
        .init("to", prefix, required: true, about: "The destinations."),
        .init(
          "target", .text(about: "An object.", examples: ["igw", "local", "GW", "blackhole"]),
          required: true,
          about: "local, igw, blackhole, or the name of a machine or a NAT gateway."),
        .init(
          "propagated", .bool,
          about: "Whether a virtual private gateway propagated it. Default: false."),
      ]))

  private static let natGateway = Shape.object(
    ObjectShape(
      "NAT gateway", about: "The platform's own translator.",
      keys: [
        .init("name", .text(about: "A name."), required: true, about: "Its name."),
        .init("subnet", name, required: true, about: "The subnet that it is in."),
        .init("address", address, required: true, about: "Its address there."),
        .init("publicAddress", address, required: true, about: "Its public address."),
      ]))

  private static let failover = Shape.object(
    ObjectShape(
      "NAT failover", about: "Two NAT instances that watch each other by pings.",
      keys: [
        .init("instances", names, required: true, about: "The two machines."),
        .init(
          "pings", .number(1...100, about: "Pings."),
          about: "The pings of a round, a second apart. Default: 3."),
        .init("timeout", time, about: "How long to wait for the last answer. Default: 1s."),
        .init("interval", time, about: "The time between rounds. Default: 2s."),
        .init(
          "apiDelay", time, about: "From the API's call to the route's change. Default: 1s."),
      ]))
}

extension LabReader {
  func vpcSection(_ value: JSON5Value) -> VPCSection {
    var section = VPCSection()
    section.era = optional(value, "era")
    section.guestMTU = value["guestMTU"]?.integer
    section.blocks = cloudBlocks(value, "blocks")
    section.publicAddresses = cloudAddresses(value)
    section.sourceDestinationChecks = items(value, "sourceDestinationChecks").map {
      VPCSection.SourceDestinationCheck(
        machine: written($0, "machine"), check: written($0, "check"))
    }
    section.securityGroups = items(value, "securityGroups").map { group in
      VPCSection.SecurityGroup(
        name: written(group, "name"), machines: list(group, "machines"),
        inbound: groupRules(group, "inbound"),
        outbound: group["outbound"].map { _ in groupRules(group, "outbound") })
    }
    section.networkACLs = items(value, "networkACLs").map { acl in
      VPCSection.NetworkACL(
        subnets: list(acl, "subnets"), inbound: aclRules(acl, "inbound"),
        outbound: aclRules(acl, "outbound"))
    }
    section.routeTables = items(value, "routeTables").map { table in
      VPCSection.RouteTable(
        subnets: list(table, "subnets"),
        routes: items(table, "routes").map { route in
          VPCSection.Route(
            to: written(route, "to"), target: written(route, "target"),
            isPropagated: route["propagated"]?.boolean ?? false)
        })
    }
    section.natGateways = items(value, "natGateways").map { gateway in
      VPCSection.NATGateway(
        name: written(gateway, "name"), subnet: written(gateway, "subnet"),
        address: written(gateway, "address"), publicAddress: written(gateway, "publicAddress"))
    }
    section.natFailover = items(value, "natFailover").map { pair in
      VPCSection.NATFailover(
        instances: list(pair, "instances"), pings: pair["pings"]?.integer,
        timeout: optional(pair, "timeout"), interval: optional(pair, "interval"),
        apiDelay: optional(pair, "apiDelay"))
    }
    return section
  }

  private func groupRules(_ value: JSON5Value, _ key: String) -> [VPCSection.GroupRule] {
    items(value, key).map { rule in
      VPCSection.GroupRule(
        peer: optional(rule, "peer"), ipProtocol: optional(rule, "protocol"),
        ports: optional(rule, "ports"))
    }
  }

  private func aclRules(_ value: JSON5Value, _ key: String) -> [VPCSection.ACLRule] {
    items(value, key).map { rule in
      VPCSection.ACLRule(
        number: rule["number"]?.integer ?? 0, action: written(rule, "action"),
        peer: optional(rule, "peer"), ipProtocol: optional(rule, "protocol"),
        ports: optional(rule, "ports"))
    }
  }
}
