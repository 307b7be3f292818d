import HNVCore

/// What a station is called, and the links and tables that it was given: nothing that changes while
/// it runs, so that facts can go on to speak of it.
final class StationConfiguration: Sendable {
  let name: String
  let links: [Link]
  /// The routing tables of its compartments, its own first.
  let tables: [StationRoutes]
  /// The compartments' names; its own has none.
  let compartments: [String]
  /// The links that translate.
  let translatingLinks: Set<Int>
  /// Whether it is the router within a device of the platform.
  let isPlatformRouter: Bool
  /// For whom it answers ARP beside itself; `nil` for nobody.
  let proxy: NeighborProxy?

  init(
    name: String, links: [Link], tables: [StationRoutes], compartments: [String] = [""],
    translatingLinks: Set<Int> = [], isPlatformRouter: Bool = false, proxy: NeighborProxy? = nil
  ) {
    self.name = name
    self.links = links
    self.tables = tables
    self.compartments = compartments
    self.translatingLinks = translatingLinks
    self.isPlatformRouter = isPlatformRouter
    self.proxy = proxy
  }

  /// The entry that a destination takes from a compartment; where its table has none, the entry of
  /// the station's own table, provided that it leads out by a link that translates.
  func entry(for destination: IPAddress, from compartment: Int) -> StationRoutes.Entry? {
    if let entry = tables[compartment].entry(for: destination) { return entry }
    guard compartment != 0, let entry = tables[0].entry(for: destination),
      translatingLinks.contains(entry.link)
    else { return nil }
    return entry
  }

  /// The look into the table that decides, worded; made only where somebody reads it.
  func lookup(_ destination: IPAddress, from compartment: Int) -> Step.Lookup {
    let isOwn = tables[compartment].entry(for: destination) != nil
    let deciding = isOwn || entry(for: destination, from: compartment) == nil ? compartment : 0
    return tables[deciding].lookup(destination, of: place(deciding))
  }

  /// The station, or one of its compartments as its own system calls it, in words.
  func place(_ compartment: Int) -> String {
    let word = isPlatformRouter ? "VRF" : "compartment"
    return compartments[compartment].isEmpty
      ? name : "\(name) in \(word) \(compartments[compartment])"
  }
}

extension Station {
  var name: String { configuration.name }
  var links: [Link] { configuration.links }
  var tables: [StationRoutes] { configuration.tables }
  var compartments: [String] { configuration.compartments }
}
