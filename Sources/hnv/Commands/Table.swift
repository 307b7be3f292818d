import HNVCore
import HNVSim

extension Command {
  static let table = Command(
    name: "table",
    summary: "show what one host forwards by",
    discussion: """
      Shows the compiled table of every routing domain as one host has it: customer routes, and \
      lookup records as host routes. The longest prefix that covers a destination decides.
      """,
    positionals: [.lab],
    options: [.text("host", "HOST", required: true, "the host whose table is shown")],
    examples: [
      Example(
        commandLine: "hnv table Labs/complex-routing.json5 --host hv1",
        shows: "the article's four routes, and a host route for each machine")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "the table was shown"),
      ExitStatus(code: 2, meaning: "refused: the command line or the lab"),
    ])
}

extension Program {
  func table(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let lab = try lab(command)
    let fabric = try Fabric(lab, under: HNVModel())
    let router = try fabric.router(of: command.text("host") ?? "")
    var lines: [String] = []
    let own = ForwardingModels.model(of: lab).name
    if own != fabric.model {
      lines += [style(.aside, "as HNV would have it; the lab is about \(own)"), ""]
    }
    for domain in router.router.routingDomains {
      let name = fabric.networkName(of: domain).map { "\($0) " } ?? ""
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

/// Sets rows in columns.
enum TextTable {
  /// One line a row, each column as wide as its widest cell.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += TextLayout.padded(cell, to: widths[column]) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
