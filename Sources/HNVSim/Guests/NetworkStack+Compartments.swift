import HNVCore

/// A stack's routing tables: one of its own, and one for each further compartment.
///
/// A packet stays in the compartment that it came to. Of the stack's own links only those that
/// translate, and the outer side of tunnels, are open to packets of other compartments.
extension NetworkStack {
  /// The entry that a destination takes from a compartment; where its table has none, the entry of
  /// the stack's own table, provided that it leads out by a link that translates.
  func entry(for destination: IPAddress, from compartment: Int) -> StackRoutes.Entry? {
    configuration.entry(for: destination, from: compartment)
  }

  /// The compartment of the link that a cable belongs to; its own for any other cable.
  func compartment(of cable: Cable) -> Int {
    configuration.link(of: cable).map { links[$0].compartment } ?? 0
  }

  /// The compartment that a test packet starts in: that of the link which leads to its receiver, or
  /// else the first with a route to it.
  func compartment(of testPacket: TestPacket) -> Int {
    if case .outside = element { return inside }
    return testPacket.compartment
      ?? tables.indices.first { entry(for: testPacket.destination, from: $0) != nil } ?? 0
  }
}

extension Intent {
  /// The compartment in which a machine has a link in common with another element; `nil` where it
  /// has none, and for what is no machine.
  func compartment(of element: ElementID, towards other: ElementID) -> Int? {
    guard case .machine(let index) = element else { return nil }
    return machines[index].interfaces.first { leads($0, to: other) }?.compartment
  }

  /// The addresses of an element, those of links that it has in common with another one first: in
  /// other compartments, an address may be somebody else's.
  func addresses(of element: ElementID, nearestTo other: ElementID?) -> [IPAddress] {
    guard case .machine(let index) = element, let other else {
      return Question.addresses(of: element, in: self)
    }
    var addresses: [IPAddress] = []
    for known in machines[index].publicAddresses where .outside(known.outside) == other {
      addresses.append(known.address)
    }
    for isNear in [true, false] {
      for interface in machines[index].interfaces where leads(interface, to: other) == isNear {
        for address in interface.addresses { addresses.append(address.address) }
      }
    }
    return addresses
  }

  /// Whether two machines have an adapter in the same network.
  func shareNetwork(_ one: ElementID, _ other: ElementID) -> Bool {
    guard case .machine(let index) = one else { return false }
    return machines[index].interfaces.contains { interface in
      if case .subnet = interface.attachment { leads(interface, to: other) } else { false }
    }
  }

  private func leads(_ interface: Interface, to other: ElementID) -> Bool {
    switch (interface.attachment, other) {
    case (.subnet(let subnet), .machine(let index)):
      let network = subnets[subnet].network
      return machines[index].interfaces.contains { other in
        self.subnet(of: other).map { subnets[$0].network } == network
      }
    case (.subnet, _): return false
    case (.outside(let outside), _): return other == .outside(outside)
    }
  }
}
