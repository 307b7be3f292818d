import HNVCore

/// A station's routing tables: one of its own, and one for each further compartment.
///
/// A packet stays in the compartment that it came to. Of the station's own links only those that
/// translate, and the outer side of tunnels, are open to packets of other compartments.
extension Station {
  /// The entry that a destination takes from a compartment; where its table has none, the entry of
  /// the station's own table, provided that it leads out by a link that translates.
  func entry(for destination: IPAddress, from compartment: Int) -> StationRoutes.Entry? {
    configuration.entry(for: destination, from: compartment)
  }

  /// The compartment of the link that a cable belongs to; its own for any other cable.
  func compartment(of cable: Cable) -> Int {
    configuration.link(of: cable).map { links[$0].compartment } ?? 0
  }

  /// The compartment that a probe starts in: that of the link which leads to its receiver, or else
  /// the first with a route to it.
  func compartment(of probe: Probe) -> Int {
    if case .outside = element { return inside }
    return probe.compartment
      ?? tables.indices.first { entry(for: probe.destination, from: $0) != nil } ?? 0
  }
}

extension Intent {
  /// The compartment in which a machine has a link in common with another element; `nil` where it
  /// has none, and for what is no machine.
  func compartment(of element: ElementID, towards other: ElementID) -> Int? {
    guard case .machine(let index) = element else { return nil }
    let networks = networks(of: other)
    return machines[index].interfaces.first { leads($0, to: other, in: networks) }?.compartment
  }

  /// The addresses of an element, those of links that it has in common with another one first: in
  /// other compartments, an address may be somebody else's.
  func addresses(of element: ElementID, nearestTo other: ElementID?) -> [IPAddress] {
    guard case .machine(let index) = element, let other else {
      return Question.addresses(of: element, in: self)
    }
    let networks = networks(of: other)
    let interfaces = machines[index].interfaces
    let near = interfaces.filter { leads($0, to: other, in: networks) }
    let far = interfaces.filter { !leads($0, to: other, in: networks) }
    let known = machines[index].publicAddresses.filter { .outside($0.outside) == other }
    return known.map(\.address) + (near + far).flatMap { $0.addresses.map(\.address) }
  }

  private func leads(
    _ interface: Interface, to other: ElementID, in networks: Set<Int>
  ) -> Bool {
    switch interface.attachment {
    case .subnet(let subnet): networks.contains(subnets[subnet].network)
    case .outside(let outside): other == .outside(outside)
    }
  }
}
