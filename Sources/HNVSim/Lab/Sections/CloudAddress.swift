/// A package address of a machine, in the section of a cloud: the platform's edge translates it to
/// the machine's own.
package struct CloudAddress: Equatable, Sendable {
  /// The machine.
  package var machine: Written
  /// The address, on the wire of an outside network.
  package var address: Written

  /// Gives a machine a package address.
  package init(machine: Written, address: Written) {
    self.machine = machine
    self.address = address
  }
}

/// The address space of an isolated network, in the section of a cloud.
package struct CloudBlocks: Equatable, Sendable {
  /// The network.
  package var network: Written
  /// Its address blocks.
  package var prefixes: [Written]

  /// Gives a network its address blocks.
  package init(network: Written, prefixes: [Written]) {
    self.network = network
    self.prefixes = prefixes
  }
}
