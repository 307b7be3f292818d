/// A public address of a machine, in the section of a cloud: the platform's edge translates it to
/// the machine's own.
public struct CloudAddress: Hashable, Sendable {
  /// The machine.
  public var machine: Written
  /// The address, on the wire of an outside network.
  public var address: Written

  /// Gives a machine a public address.
  public init(machine: Written, address: Written) {
    self.machine = machine
    self.address = address
  }
}

/// The address space of an isolated network, in the section of a cloud.
public struct CloudBlocks: Hashable, Sendable {
  /// The network.
  public var network: Written
  /// Its address blocks.
  public var prefixes: [Written]

  /// Gives a network its address blocks.
  public init(network: Written, prefixes: [Written]) {
    self.network = network
    self.prefixes = prefixes
  }
}
