import HNVCore

/// What a stack is and was given: nothing that changes while it runs, so that facts can go on to
/// speak of it, and runs share it.
final class StackConfiguration: Sendable {
  let element: ElementID
  let name: String
  let links: [Link]
  /// The addresses of its links.
  let addresses: [OwnAddress]
  /// The broadcast addresses of its compartments' links.
  private let broadcasts: [(address: IPAddress, compartment: Int)]
  private let cables: [(cable: Cable, link: Int)]
  /// The routing tables of its compartments, its own first.
  let tables: [StackRoutes]
  /// The compartments' names; its own has none.
  let compartments: [String]
  let forwards: Bool
  /// The ports on which something listens; `nil` where something does on every port.
  let open: Set<Intent.OpenPort>?
  /// The groups that the machine's owner had it join.
  let joined: Set<IPAddress>
  /// Destinations that the stack takes beside its own addresses: an outside network's.
  let reaches: [IPPrefix]
  /// Destinations that it does not take all the same.
  let excludes: [IPPrefix]
  /// The compartment in which it takes those destinations: a site's gateway keeps them off its
  /// line.
  let inside: Int
  let acceptsRedirects: Bool
  /// When the stack, if it forwards, sends redirects.
  let redirection: RedirectRule
  /// Whether the packets are those of hypervisors, in which a machine's own may travel.
  let isOnUnderlay: Bool
  /// Whether it is the router within a device of the platform.
  let isPlatformRouter: Bool
  /// For whom it answers ARP beside itself; `nil` for nobody.
  let proxy: NeighborProxy?
  /// What each link that translates remembers at the start: what the lab publishes.
  let translations: [Int: TranslationTable]
  /// Its parts in virtual routers, at the start.
  let virtualRouters: [VirtualRouter]

  /// An address of a link.
  struct OwnAddress {
    let address: IPAddress
    /// The destinations that it reaches without a router.
    let onLink: IPPrefix
    let link: Int
    let compartment: Int
  }

  init(
    _ element: ElementID, name: String, links: [Link], tables: [StackRoutes],
    compartments: [String] = [""], forwards: Bool = false, open: Set<Intent.OpenPort>? = nil,
    joined: Set<IPAddress> = [], reaches: [IPPrefix] = [], excludes: [IPPrefix] = [],
    inside: Int = 0, acceptsRedirects: Bool = true, redirection: RedirectRule = .off,
    isOnUnderlay: Bool = false, isPlatformRouter: Bool = false, proxy: NeighborProxy? = nil,
    translations: [Int: TranslationTable] = [:], virtualRouters: [VirtualRouter] = []
  ) {
    self.element = element
    self.name = name
    self.links = links
    addresses = links.enumerated().flatMap { number, link in
      link.addresses.map {
        OwnAddress(
          address: $0.address, onLink: $0.onLink, link: number, compartment: link.compartment)
      }
    }
    broadcasts = links.flatMap { link in
      link.addresses.compactMap(\.onLink.broadcast).map { ($0, link.compartment) }
    }
    cables = links.enumerated().flatMap { number, link in link.cables.map { ($0.cable, number) } }
    self.tables = tables
    self.compartments = compartments
    self.forwards = forwards
    self.open = open
    self.joined = joined
    self.reaches = reaches
    self.excludes = excludes
    self.inside = inside
    self.acceptsRedirects = acceptsRedirects
    self.redirection = redirection
    self.isOnUnderlay = isOnUnderlay
    self.isPlatformRouter = isPlatformRouter
    self.proxy = proxy
    self.translations = translations
    self.virtualRouters = virtualRouters
  }

  /// The link that a cable belongs to; `nil` for any other cable.
  func link(of cable: Cable) -> Int? { cables.first { $0.cable == cable }?.link }

  /// The address of a link to use as a source towards another; `nil` where it has none of the
  /// family.
  func source(towards address: IPAddress, on link: Int) -> IPAddress? {
    var first: IPAddress?
    for own in addresses where own.link == link && own.address.family == address.family {
      if own.onLink.contains(address) { return own.address }
      if first == nil { first = own.address }
    }
    return first
  }

  /// Whether an address is one of everyone on one of a compartment's links.
  func isBroadcast(_ address: IPAddress, in compartment: Int) -> Bool {
    broadcasts.contains { $0.address == address && $0.compartment == compartment }
  }

  /// Whether an address is one of a compartment's links.
  func has(_ address: IPAddress, in compartment: Int) -> Bool {
    addresses.contains { $0.address == address && $0.compartment == compartment }
  }

  /// The entry that a destination takes from a compartment; where its table has none, the entry of
  /// the stack's own table, provided that it leads out by a link that translates.
  func entry(for destination: IPAddress, from compartment: Int) -> StackRoutes.Entry? {
    if let entry = tables[compartment].entry(for: destination) { return entry }
    guard compartment != 0, let entry = tables[0].entry(for: destination),
      translations[entry.link] != nil
    else { return nil }
    return entry
  }

  /// Writes the look into the table that decides.
  func writeLookup(
    of destination: IPAddress, from compartment: Int, to step: inout StepWriter
  ) {
    let isOwn = tables[compartment].entry(for: destination) != nil
    let deciding = isOwn || entry(for: destination, from: compartment) == nil ? compartment : 0
    tables[deciding].writeLookup(
      of: destination, in: Phrases("routes of ", place(deciding)), to: &step)
  }

  /// An entry of a table, so that a program finds it again.
  func writeEntry(_ entry: StackRoutes.Entry, to step: inout StepWriter) {
    step.entry(
      isPlatformRouter ? .customerRoute : .route, StackRoutes.text(entry), at: entry.place)
  }

  /// The stack, or one of its compartments as its own system calls it, in words.
  func place(_ compartment: Int) -> String {
    let word = isPlatformRouter ? "VRF" : "compartment"
    return compartments[compartment].isEmpty
      ? name : "\(name) in \(word) \(compartments[compartment])"
  }
}

extension StackConfiguration {
  /// A VM or a forwarding machine.
  convenience init(machine index: Int, in intent: Intent, mtu: GuestMTU) {
    let machine = intent.machines[index]
    let links = machine.interfaces.indices.map { number in
      Link(adapter: number, of: index, mtu: mtu, in: intent)
    }
    self.init(
      .machine(index), name: machine.name, links: links,
      tables: machine.compartments.indices.map {
        StackRoutes(links: links, routes: machine.routes, compartment: $0)
      },
      compartments: machine.compartments, forwards: machine.forwards, open: machine.open,
      joined: machine.groups, acceptsRedirects: machine.acceptsRedirects, redirection: .rfc1812,
      translations: NetworkStack.translations(of: index, in: intent),
      virtualRouters: NetworkStack.virtualRouters(of: index, in: intent))
  }

  /// The router of an outside network, with everything behind it.
  convenience init(outside index: Int, in intent: Intent) {
    let outside = intent.outsides[index]
    let inside = outside.tunnel == nil ? 0 : SiteWire.inside
    let lines = SiteWire.lines(from: index, in: intent)
    let links =
      outside.tunnel.map { SiteWire.links(of: index, $0, in: intent) }
      ?? [OutsideWire.link(of: index, in: intent)] + lines
    var routes = OutsideWire.routes(of: index, in: intent).routes
    for number in routes.indices { routes[number].compartment = inside }
    self.init(
      .outside(index), name: outside.name, links: links,
      tables: (0...inside).map { StackRoutes(links: links, routes: routes, compartment: $0) },
      compartments: ["", "inside"].prefix(inside + 1).map { $0 }, reaches: outside.reaches,
      excludes: outside.excludes + lines.flatMap(\.beyond), inside: inside)
  }

  /// The router within a device of the platform, for machines' packets: each compartment is a table
  /// of its own.
  convenience init(_ element: ElementID, _ router: PlatformRouter) {
    self.init(
      element, name: router.name, links: router.links,
      tables: router.tables.indices.map {
        StackRoutes(links: router.links, routes: router.routes, compartment: $0)
      },
      // Nothing listens on it; to pings it answers like everyone.
      compartments: router.tables, forwards: true, open: [], redirection: router.redirection,
      isPlatformRouter: true, proxy: router.proxy)
  }
}

extension NetworkStack {
  var element: ElementID { configuration.element }
  var name: String { configuration.name }
  var links: [Link] { configuration.links }
  var tables: [StackRoutes] { configuration.tables }
  var compartments: [String] { configuration.compartments }
  var forwards: Bool { configuration.forwards }
  var open: Set<Intent.OpenPort>? { configuration.open }
  var joined: Set<IPAddress> { configuration.joined }
  var reaches: [IPPrefix] { configuration.reaches }
  var excludes: [IPPrefix] { configuration.excludes }
  var inside: Int { configuration.inside }
  var acceptsRedirects: Bool { configuration.acceptsRedirects }
  var redirection: RedirectRule { configuration.redirection }
  var isOnUnderlay: Bool { configuration.isOnUnderlay }
}
