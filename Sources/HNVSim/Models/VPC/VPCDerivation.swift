import HNVCore

/// Makes VPCs of a lab's networks, by the lab's section on them, and notes what they cannot honour.
///
/// Each part has its own file: route tables, filters, and what the section adds.
struct VPCDerivation {
  let section: VPCSection
  var reader: CloudReader
  /// Which routes a table takes.
  let era: VPCEra
  let guestMTU: Int
  private(set) var vpc: VPC
  private(set) var failover: [NATFailover] = []

  var intent: Intent { reader.intent }
  var diagnostics: [Diagnostic] { reader.diagnostics }

  init(_ intent: Intent, _ lab: Lab) {
    section = lab.vpc
    let folding = EdgeTranslation(intent, under: "Amazon VPC")
    var reader = CloudReader(
      intent: folding.intent, diagnostics: folding.diagnostics, platform: "Amazon VPC")
    era = lab.vpc.era.flatMap { reader.choose($0, as: VPCEra.self) } ?? .since2021
    guestMTU = lab.vpc.guestMTU.map { Int(clamping: $0) } ?? 9001
    vpc = VPC(
      directory: AdapterDirectory(folding.intent), tables: [], groups: [:], networkACLs: [:],
      unchecked: [], gateways: [:])
    if let mtu = lab.vpc.guestMTU {
      _ = reader.isWithin(1500...9001, mtu, "the MTU of guests", at: lab.networks.first?.name.place)
    }
    reader.checkReservedAddresses()
    reader.checkNetworks()
    reader.checkUnderlay(of: lab, needing: guestMTU)
    reader.intent.fitUnderlay(to: 9001)
    self.reader = reader
    derive(folding.mappings)
  }

  private mutating func derive(_ folded: [PublicMapping]) {
    let mappings =
      folded + addNATGateways()
      + section.publicAddresses.compactMap {
        reader.mapping($0)
      }
    let gateways = addInternetGateways(mappings)
    let directory = AdapterDirectory(intent)
    checkBlocks()
    let blocks = reader.blocks(section.blocks)
    var tables = VPCTables(
      reader, directory, blocks: blocks, mappings: mappings, gateways: Set(gateways.keys), era)
    tables.derive(section.routeTables)
    reader.diagnostics = tables.reader.diagnostics
    vpc = VPC(
      directory: directory, tables: tables.tables, groups: securityGroups(directory),
      networkACLs: networkACLs(), unchecked: unchecked(), gateways: gateways)
    failover = section.natFailover.compactMap { pair($0) }
  }

  /// Blocks have sizes that the platform takes (Amazon VPC User Guide, "VPC CIDR blocks").
  private mutating func checkBlocks() {
    for written in section.blocks.flatMap(\.prefixes) {
      guard let prefix = try? IPPrefix(parsing: written.text) else { continue }
      _ = reader.isWithin(
        prefix.family == .v4 ? 16...28 : 44...60, UInt64(prefix.length),
        "the length of block \(prefix), which is", at: written.place)
    }
  }

  /// The internet gateway of each network that has a public address, or a route to one.
  private mutating func addInternetGateways(_ mappings: [PublicMapping]) -> [Int: InternetEdge] {
    let named = section.routeTables.filter { $0.routes.contains { $0.target.text == "igw" } }
      .flatMap(\.subnets)
    let subnets = intent.subnets.filter { subnet in named.contains { $0.text == subnet.name } }
    let networks = Set(mappings.map(\.network) + subnets.map(\.network)).sorted()
    var gateways: [Int: InternetEdge] = [:]
    for network in networks {
      // IPv6 addresses are public as they are (Amazon VPC User Guide, "Internet gateways").
      gateways[network] = InternetEdge(
        of: network, named: "igw-\(intent.networks[network].name)", mappings,
        translating: [.v4], in: &reader.intent)
    }
    return gateways
  }

  private mutating func unchecked() -> Set<Int> {
    var machines = Set(intent.machines.indices.filter { intent.machines[$0].forwards })
    for entry in section.sourceDestinationChecks {
      guard let machine = reader.machine(entry.machine),
        let check = reader.choose(entry.check, as: OnOff.self)
      else { continue }
      if check == .on { machines.remove(machine) } else { machines.insert(machine) }
    }
    return machines
  }

  private mutating func pair(_ pair: VPCSection.NATFailover) -> NATFailover? {
    let machines = pair.instances.compactMap { reader.machine($0) }
    let pings = pair.pings ?? 3
    let timeout = pair.timeout.map { reader.readTime($0) } ?? .seconds(1)
    let interval = pair.interval.map { reader.readTime($0) } ?? .seconds(2)
    let apiDelay = pair.apiDelay.map { reader.readTime($0) } ?? .seconds(1)
    let place = pair.instances.first?.place
    guard machines.count == pair.instances.count, let timeout, let interval, let apiDelay,
      reader.isWithin(1...100, pings, "the number of pings", at: place),
      isSome(timeout, pair.timeout, "a ping needs time to be answered"),
      isSome(interval, pair.interval, "rounds of pings need time between them"),
      areTwo(pair.instances)
    else { return nil }
    for (machine, written) in zip(machines, pair.instances)
    where !intent.machines[machine].forwards {
      reader.diagnostics.append(
        Diagnostic(
          .nextHopDoesNotForward, in: .named("machine \(written.text)"), value: written.text,
          "\(written.text) takes over routes, but does not forward", at: written.place))
    }
    return NATFailover(
      instances: machines, pings: pings, timeout: timeout, interval: interval,
      apiDelay: apiDelay)
  }
}

extension VPCDerivation {
  /// Whether two machines are named, and not one of them twice.
  private mutating func areTwo(_ instances: [Written]) -> Bool {
    for (index, written) in instances.enumerated()
    where instances[..<index].contains(where: { $0.text == written.text }) {
      reader.diagnostics.append(
        Diagnostic(
          .statedTwice, value: written.text,
          "a pair has two machines, and \(written.text) is named twice", fix: "name another",
          at: written.place))
      return false
    }
    guard instances.count != 2 else { return true }
    reader.diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: "\(instances.count)",
        "a pair has two machines, and this one has \(instances.count)", fix: "name two machines",
        at: instances.first?.place))
    return false
  }

  /// Whether a time is not zero.
  private mutating func isSome(_ time: VirtualTime, _ written: Written?, _ why: String) -> Bool {
    guard time == .zero, let written else { return true }
    reader.diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: written.text, "\(written.text) is not a waiting time: \(why)",
        fix: "write a time such as 1s", at: written.place))
    return false
  }
}

/// Which routes a table takes.
enum VPCEra: String, CaseIterable {
  /// None within the VPC itself.
  case until2021 = "2013"
  /// Static ones to a whole subnet, by an interface or a NAT gateway.
  case since2021 = "2021"
}
