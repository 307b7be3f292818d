import HNVCore

/// The routing table of a machine, as its own operating system has it.
///
/// A class, so that whoever looks into one of a stack's tables copies a reference.
final class StackRoutes: Sendable {
  struct Entry: Hashable, Sendable {
    let prefix: IPPrefix
    let nextHop: NextHop
    let link: Int
    let metric: UInt32
    /// Where the lab says it; `nil` for what a redirect or the other end of a tunnel adds.
    var place: Place?
  }

  private let table: PrefixTable<Entry>

  /// Routes whose next hop is on none of the links: no system would use them.
  private let unusable: [(prefix: IPPrefix, via: IPAddress)]

  private init(_ draft: Draft) {
    table = draft.table
    unusable = draft.unusable
  }

  /// Puts the connected prefixes of a compartment's links and its routes into one table.
  convenience init(links: [Link], routes: [Intent.Route], compartment: Int = 0) {
    var draft = Draft()
    for (index, link) in links.enumerated() where link.compartment == compartment {
      for address in link.addresses { draft.add(address, on: index) }
      for prefix in link.beyond {
        draft.add(Entry(prefix: prefix, nextHop: .onLink, link: index, metric: 0))
      }
    }
    for route in routes where route.compartment == compartment {
      draft.add(route.prefix, via: route.via, route.metric, at: route.place)
    }
    self.init(draft)
  }

  /// The table of one provider address: its own prefix, and what its host's provider routes reach
  /// from there.
  convenience init(link: Int, of links: [Link], routes: [(ProviderRoute, Place)]) {
    var draft = Draft()
    for address in links[link].addresses { draft.add(address, on: link) }
    // Next hops are looked up in the connected prefixes, which on-link routes would add to.
    for (route, place) in routes {
      if case .via(let address) = route.nextHop {
        draft.add(route.destinationPrefix, via: address, route.metric, at: place)
      }
    }
    for (route, place) in routes where route.nextHop == .onLink {
      draft.add(
        Entry(
          prefix: route.destinationPrefix, nextHop: .onLink, link: link, metric: route.metric,
          place: place))
    }
    self.init(draft)
  }

  /// A table that is being filled.
  private struct Draft {
    var table = PrefixTable<Entry>()
    var unusable: [(prefix: IPPrefix, via: IPAddress)] = []

    /// Adds the connected prefix of an address.
    mutating func add(_ address: Intent.Interface.Address, on link: Int) {
      add(
        Entry(
          prefix: address.onLink, nextHop: .onLink, link: link, metric: 0, place: address.place))
    }

    mutating func add(
      _ prefix: IPPrefix, via address: IPAddress, _ metric: UInt32, at place: Place
    ) {
      guard let connected = table.longestMatch(for: address)?.value, connected.nextHop == .onLink
      else {
        unusable.append((prefix, address))
        return
      }
      add(
        Entry(
          prefix: prefix, nextHop: .via(address), link: connected.link, metric: metric,
          place: place))
    }

    mutating func add(_ entry: Entry) {
      if let known = table[entry.prefix], known.metric <= entry.metric { return }
      table.insert(entry, for: entry.prefix)
    }
  }

  /// The entry that a destination takes; `nil` when none covers it.
  func entry(for destination: IPAddress) -> Entry? { table.longestMatch(for: destination)?.value }

  /// Writes the look into the table.
  func writeLookup(of destination: IPAddress, in name: some Phrase, to step: inout StepWriter) {
    let matches = table.matches(for: destination)
    step.table(name)
    step.key(destination)
    guard let match = matches.first else { return writeNearest(to: destination, &step) }
    step.match(Self.text(match.value))
    for other in matches.dropFirst() {
      step.notChosen(Self.text(other.value))
      step.why("its prefix /", other.prefix.length, " is shorter")
    }
  }

  private func writeNearest(to destination: IPAddress, _ step: inout StepWriter) {
    let useless = unusable.filter { $0.prefix.contains(destination) }
    for route in useless {
      step.nearest(route.prefix, " via ", route.via, ", which is on none of its links")
    }
    if useless.isEmpty, let miss = table.nearestMiss(for: destination) {
      step.nearest(Self.text(miss.value))
    }
  }

  /// An entry in words.
  static func text(_ entry: Entry) -> Phrases<IPPrefix, String, IPAddress?> {
    guard case .via(let address) = entry.nextHop else {
      return Phrases(entry.prefix, " on-link", nil)
    }
    return Phrases(entry.prefix, " via ", address)
  }
}

/// A link of a stack: an adapter with its addresses, and what is at its other end.
struct Link {
  let macAddress: MACAddress
  let addresses: [Intent.Interface.Address]
  /// The largest packet that goes out here, in bytes.
  let mtu: Int
  /// The VLAN that its frames are tagged with; `nil` for none.
  var vlan: UInt16?
  /// One cable for an adapter; the wire of an outside network has one for each machine on it.
  let cables: [Peer]
  /// Whether the wire is a switch that learns: where machines share addresses, nobody can tell
  /// beforehand who has one.
  var isSwitched = false
  /// The stack's routing table that the link is in.
  var compartment = 0
  /// Destinations at the link's other end, beside those of its own prefixes.
  var beyond: [IPPrefix] = []
  /// Of a link that translates and serves the inside as well: the inside.
  var inside: [IPPrefix] = []
  var medium = Medium.wire
  /// The outside network that it leads to; `nil` for a subnet.
  var outside: Int?
  /// Why packets into a subnet are as large as they are; `nil` on any other link.
  var guestMTU: GuestMTU?

  /// How packets leave by a link.
  enum Medium {
    /// In frames to a neighbour, whose MAC address is asked for.
    case wire
    /// In frames to the one stack at the other end.
    case line
    /// In packets to a gateway at the other end.
    case tunnel(TunnelEnd)
  }

  struct Peer {
    let cable: Cable
    let macAddress: MACAddress?
    let addresses: [IPAddress]
  }
}

extension Link {
  /// The link of a machine's adapter: a tunnel's gets the room that its wrapping leaves.
  init(adapter number: Int, of machine: Int, mtu: GuestMTU, in intent: Intent) {
    let interface = intent.machines[machine].interfaces[number]
    let end = SiteWire.end(of: machine, number, in: intent)
    // Only what goes into a subnet is encapsulated for the underlay.
    let guest = intent.subnet(of: interface) == nil ? nil : mtu
    let limit = intent.machines[machine].mtu ?? guest?.bytes ?? 1500
    self.init(
      macAddress: interface.macAddress, addresses: interface.addresses,
      mtu: end?.mtu(over: limit) ?? limit,
      cables: [
        Link.Peer(
          cable: .adapter(machine: machine, index: number), macAddress: nil, addresses: [])
      ])
    compartment = interface.compartment
    inside = interface.inside
    guestMTU = guest
    if let end { medium = .tunnel(end) }
  }

  /// The tag of its frames; `nil` for none.
  var tag: VLANTag? { vlan.map { VLANTag(identifier: $0) } }

  /// Whether the address is one of the link's own.
  func has(_ address: IPAddress) -> Bool { addresses.contains { $0.address == address } }
}
