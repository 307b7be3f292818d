import HNVCore

/// What a route of a VPC leads to: an object, never an address.
enum VPCTarget: Hashable, Sendable {
  /// Whatever has the destination address in the VPC.
  case local
  /// The internet gateway.
  case internetGateway
  /// A network interface, of an instance or a NAT gateway.
  case interface(Adapter)
  /// Something that is gone.
  case blackhole
}

/// The route table of a subnet.
struct VPCTable: Sendable {
  typealias Entry = VPCRoutes.Entry
  typealias VPCRoutes = RouteTable<VPCTarget>

  private(set) var routes: VPCRoutes
  /// All entries that count, in the order in which they were added.
  private(set) var entries: [Entry] = []
  /// Propagated routes within the VPC, which never beat the local one.
  private var shadowed: [Entry] = []

  init(of subnet: String) { routes = VPCRoutes(named: "route table of \(subnet)") }

  /// Whether a static route to a prefix is there.
  func has(_ prefix: IPPrefix) -> Bool { entries.contains { $0.prefix == prefix } }

  mutating func add(
    _ prefix: IPPrefix, _ target: VPCTarget, named name: String, at place: Place? = nil
  ) {
    // A static route beats a propagated one of the same prefix.
    add(
      Entry(
        prefix: prefix, target: target, rank: 0, words: "\(prefix) to \(name)", place: place))
  }

  /// Adds a route that a gateway propagated; `blocks` are the VPC's own.
  mutating func add(
    propagated prefix: IPPrefix, _ target: VPCTarget, named name: String, in blocks: [IPPrefix],
    at place: Place
  ) {
    let entry = Entry(
      prefix: prefix, target: target, rank: 1, words: "\(prefix) to \(name), propagated",
      place: place)
    if blocks.contains(where: { $0.contains(prefix) }) {
      shadowed.append(entry)
    } else {
      add(entry)
    }
  }

  private mutating func add(_ entry: Entry) {
    entries.append(entry)
    routes.add(entry)
  }

  /// The route that a destination takes; `nil` when none covers it.
  func entry(for destination: IPAddress) -> Entry? { routes.entry(for: destination) }

  /// Writes the look into the table.
  func writeLookup(of destination: IPAddress, to step: inout StepWriter) {
    routes.writeLookup(of: destination, to: &step) { step in
      for entry in shadowed where entry.prefix.contains(destination) {
        step.notChosen(entry.words)
        step.why("the local route takes precedence over a propagated one")
      }
    }
  }
}
