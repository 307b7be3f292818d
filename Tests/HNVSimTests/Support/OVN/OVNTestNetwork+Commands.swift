import HNVCore

extension OVNTestNetwork {
  /// The commands of ovn-nbctl(8) that make it, each with its arguments.
  var commands: [[String]] {
    [["lr-add", router]] + switches.indices.flatMap(commands(ofSwitch:))
      + ports.indices.flatMap(commands(ofPort:))
      + routes.map { ["lr-route-add", router, "\($0.prefix)", "\($0.nextHop)"] }
      + accessRules.map(command)
  }

  private var router: String { "n\(number)-r" }

  private func commands(ofSwitch index: Int) -> [[String]] {
    let (name, row) = (switchName(index), switches[index])
    // The two ends of the cable between a switch and the router.
    let (near, far) = ("\(name)-r", "n\(number)-r\(index)")
    return [
      ["ls-add", name],
      [
        "lrp-add", router, far, row.routerMAC.colons,
        "\(row.routerAddress)/\(row.prefix.length)",
      ],
      ["lsp-add", name, near],
      ["lsp-set-type", near, "router"],
      ["lsp-set-addresses", near, "router"],
      ["lsp-set-options", near, "router-port=\(far)"],
    ]
  }

  private func commands(ofPort index: Int) -> [[String]] {
    let (name, port) = (portName(index), ports[index])
    return [
      ["lsp-add", switchName(port.onSwitch), name],
      ["lsp-set-addresses", name, "\(port.macAddress.colons) \(port.address)"],
    ]
  }

  private func command(_ rule: AccessRule) -> [String] {
    var match = ["ip4"]
    if let port = rule.port {
      let end = rule.direction == .entering ? "inport" : "outport"
      match.append("\(end) == \"\(portName(port))\"")
    }
    if let source = rule.source { match.append("ip4.src == \(source)") }
    if let destination = rule.destination { match.append("ip4.dst == \(destination)") }
    if let ipProtocol = rule.ipProtocol { match.append("ip.proto == \(ipProtocol.number)") }
    return [
      "acl-add", switchName(rule.onSwitch), rule.direction.rawValue, "\(rule.priority)",
      match.joined(separator: " && "), rule.verdict.rawValue,
    ]
  }
}

extension MACAddress {
  /// Octets joined by colons, as OVN writes them.
  var colons: String { String(description.map { $0 == "-" ? ":" : $0 }) }
}
