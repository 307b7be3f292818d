import HNVCore
import HNVSim

extension Command {
  static let table = Command(
    name: "table",
    summary: "show a host's forwarding table",
    discussion: """
      Shows the compiled table of every routing domain on one host: customer routes, and lookup \
      records as host routes. The longest matching prefix decides.
      """,
    examples: [
      Example(
        commandLine: "hnv table Labs/complex-routing.json5 --host hv1",
        shows: "the article's four routes, and a host route for each machine")
    ],
    exitStatuses: [.success, .refusal]
  ) { arguments in
    let lab = arguments.lab()
    let host = arguments.requiredText("host", "HOST", "the host whose table is shown")
    return { program throws(Diagnostics) in try program.table(of: host, in: lab) }
  }
}

extension HNVNetwork {
  /// A lab as HNV has it, whichever model it is about.
  ///
  /// - Throws: Every error of the lab under HNV.
  static func network(of lab: Lab) throws(Diagnostics) -> HNVNetwork {
    guard let network = try Fabric(lab, under: HNVModel()).network as? HNVNetwork else {
      preconditionFailure("HNVModel makes an HNVNetwork of every lab")
    }
    return network
  }
}

extension Program {
  fileprivate func table(of host: String, in path: String) throws(Diagnostics) -> Int32 {
    let lab = try Lab(contentsOf: path)
    let network = try HNVNetwork.network(of: lab)
    let router = try network.router(of: host)
    var lines: [String] = []
    let own = ForwardingModels.model(of: lab).name
    if own != HNVModel().name {
      lines += [style(.aside, "under hnv; the lab's own model is \(own)"), ""]
    }
    for domain in router.router.routingDomains {
      let name = network.networkName(of: domain).map { "\($0) " } ?? ""
      lines.append(style(.heading, "routing domain \(name)\(domain) on \(router.name)"))
      let rows =
        [["PREFIX", "NEXT HOP", "VSID", "MAC", "PROVIDER ADDRESS", "MACHINE"]]
        + router.router.entries(in: domain).map { row($0, router.router) }
      lines += TextTable.lines(rows).map { "  \($0)" }
      lines.append("")
    }
    let providers = router.providerAddresses.map { "\($0.address)" }
    lines.append("provider addresses of \(router.name): \(providers.listed(with: "and"))")
    write(lines.joined(separator: "\n"))
    return 0
  }

  private func row(_ entry: RouteEntry, _ router: DistributedRouter) -> [String] {
    switch entry {
    case .record(let index):
      let record = router.policy.lookupRecords[index]
      let isGateway = router.isGatewayAddress(record)
      return [
        "\(router.prefix(of: entry))", "record", "\(record.virtualSubnetID)",
        "\(record.macAddress)", isGateway ? "every host" : "\(record.providerAddress)",
        isGateway ? "HNV's gateway" : record.vmName,
      ]
    case .route(let index):
      let route = router.policy.customerRoutes[index]
      return [
        "\(route.destinationPrefix)", "\(route.nextHop)", "\(route.virtualSubnetID)", "", "",
        route.metric == 0 ? "" : "metric \(route.metric)",
      ]
    }
  }
}
