import HNVCore

/// Machines, subnets and what they have, as the entries of tables that steps name.
extension Intent {
  /// The port of a machine's adapter; of a machine with several, the one with a MAC address.
  func writePort(of machine: Int, _ mac: MACAddress, to step: inout StepWriter) {
    let own = machines[machine]
    let adapter =
      own.interfaces.first { $0.macAddress == mac }
      ?? (own.interfaces.count == 1 ? own.interfaces.first : nil)
    step.entry(
      .port, own.name, adapter.map { Phrases(", ", $0.macAddress) },
      at: adapter?.place ?? own.place)
  }

  /// The port of the adapter with a MAC address; nothing where several machines have it.
  func writePort(at mac: MACAddress, to step: inout StepWriter) {
    let own = machines.indices.filter { machine in
      machines[machine].interfaces.contains { $0.macAddress == mac }
    }
    if own.count == 1 { writePort(of: own[0], mac, to: &step) }
  }

  /// A MAC address of a machine.
  func writeAddress(_ mac: MACAddress, of machine: Int, to step: inout StepWriter) {
    step.entry(
      .address, mac, " of ", machines[machine].name, at: place(of: mac, among: [machine]))
  }

  /// An address and its MAC address: a machine's, or those of a router that the platform has.
  func writeNeighbor(_ address: IPAddress, at mac: MACAddress, to step: inout StepWriter) {
    for machine in machines {
      for interface in machine.interfaces where interface.macAddress == mac {
        guard let own = interface.addresses.first(where: { $0.address == address })
        else { continue }
        return step.entry(
          .address, address, " at ", mac, " of ", machine.name, at: own.place)
      }
    }
    let subnet = subnets.indices.first { MACAddress.router(ofSubnet: $0) == mac }
    step.entry(
      .address, address, " at ", mac,
      at: routerPlace(of: address, among: subnet.map { [$0] }))
  }

  /// An address of a router that the platform has in subnets, or in any; `name` is the router's.
  func writeRouterAddress(
    _ address: IPAddress, of name: String, among subnets: [Int]? = nil, to step: inout StepWriter
  ) {
    step.entry(.address, address, " of ", name, at: routerPlace(of: address, among: subnets))
  }

  /// Where a MAC address is said; `nil` where several adapters have it.
  func place(of mac: MACAddress, among own: [Int]? = nil) -> Place? {
    let adapters = (own ?? Array(machines.indices)).lazy.flatMap { machines[$0].interfaces }
      .filter { $0.macAddress == mac }
    return adapters.count == 1 ? adapters.first?.macPlace : nil
  }

  /// Where the prefix is said whose router has an address; `nil` where several have it.
  private func routerPlace(of address: IPAddress, among own: [Int]?) -> Place? {
    let places = (own ?? Array(subnets.indices)).flatMap { index in
      subnets[index].placedPrefixes.filter { $0.0.gatewayAddress == address }.map(\.1)
    }
    return places.count == 1 ? places.first : nil
  }
}

extension Intent.Subnet {
  /// The prefixes, each with where it is written.
  var placedPrefixes: [(IPPrefix, Place)] { Array(zip(prefixes, prefixPlaces)) }
}

extension Scene {
  /// The port of the machine that sent the frame.
  func writeSenderPort(of machine: Int, to step: inout StepWriter) {
    if let row { intent.writePort(of: machine, row.sourceMAC, to: &step) }
  }

  /// The port of the machine that the frame is for.
  func writeReceiverPort(of machine: Int, to step: inout StepWriter) {
    if let row { intent.writePort(of: machine, row.destinationMAC, to: &step) }
  }
}
