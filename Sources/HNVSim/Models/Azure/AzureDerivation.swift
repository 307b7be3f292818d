import HNVCore

/// Makes virtual networks of a lab's networks, by the lab's section on them, and notes what they
/// cannot honour.
struct AzureDerivation {
  /// What virtual machines send at most (Azure, "TCP/IP performance tuning").
  static let guestMTU = 1500

  let section: AzureSection
  var reader: CloudReader
  private(set) var azure: AzureNetworks

  var intent: Intent { reader.intent }
  var diagnostics: [Diagnostic] { reader.diagnostics }

  init(_ intent: Intent, _ lab: Lab) {
    section = lab.azure
    let folding = EdgeTranslation(intent, under: "Azure")
    var reader = CloudReader(
      intent: folding.intent, diagnostics: folding.diagnostics, platform: "Azure")
    azure = AzureNetworks(
      AdapterDirectory(folding.intent), routes: [], interfaceGroups: [:],
      subnetGroups: [:], forwarding: [], edges: [:])
    reader.checkReservedAddresses()
    reader.checkNetworks()
    reader.checkUnderlay(of: lab, needing: Self.guestMTU)
    reader.intent.fitUnderlay(to: Self.guestMTU)
    self.reader = reader
    derive(folding.mappings)
  }

  private mutating func derive(_ folded: [PublicMapping]) {
    let mappings = folded + section.publicAddresses.compactMap { reader.mapping($0) }
    var edges: [Int: InternetEdge] = [:]
    for network in intent.networks.indices {
      edges[network] = InternetEdge(
        of: network, named: "edge-\(intent.networks[network].name)", mappings,
        translating: [.v4, .v6], in: &reader.intent)
    }
    let directory = AdapterDirectory(intent)
    let spaces = reader.blocks(section.addressSpaces)
    let routes = effectiveRoutes(directory, spaces, mappings)
    let groups = securityGroups(directory, spaces)
    azure = AzureNetworks(
      directory, routes: routes, interfaceGroups: groups.interfaces,
      subnetGroups: groups.subnets, forwarding: forwarding(), edges: edges)
  }

  private mutating func forwarding() -> Set<Int> {
    var machines = Set(intent.machines.indices.filter { intent.machines[$0].forwards })
    for entry in section.ipForwarding {
      guard let machine = reader.machine(entry.machine),
        let flag = reader.choose(entry.forwarding, as: OnOff.self)
      else { continue }
      if flag == .on { machines.insert(machine) } else { machines.remove(machine) }
    }
    return machines
  }
}
