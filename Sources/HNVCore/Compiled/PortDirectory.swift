/// The ports of a host by MAC address and virtual subnet: open addressing, as in `HostTable`.
struct PortDirectory: Sendable {
  private struct Slot {
    var macAddress: UInt64 = 0
    var subnet: UInt32 = 0
    var port: UInt32 = .max
  }

  private var slots: [Slot]

  /// Of ports with one MAC address and virtual subnet the first counts.
  init(_ ports: [VMPort]) {
    slots = Array(repeating: Slot(), count: Probe.capacity(for: ports.count))
    for (index, port) in ports.enumerated() {
      guard let subnet = port.virtualSubnetID else { continue }
      let place = place(of: port.macAddress, in: subnet)
      guard slots[place].port == .max else { continue }
      slots[place] = Slot(
        macAddress: port.macAddress.bits, subnet: subnet.number,
        port: UInt32(truncatingIfNeeded: index))
    }
  }

  /// The place at which the search for a port begins.
  @inline(__always)
  func start(of mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    let key = UInt128(subnet.number) << 64 | UInt128(mac.bits)
    return Probe(key.spread, from: 0, capacity: slots.count).place
  }

  /// Reads a place; the answer says nothing.
  @inline(__always)
  func read(_ place: Int) -> UInt32 { slots[place].port }

  /// The port; `nil` on a miss.
  @inline(__always)
  func port(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    let port = slots[place(of: mac, in: subnet)].port
    return port == .max ? nil : Int(port)
  }

  @inline(__always)
  private func place(of mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    let key = UInt128(subnet.number) << 64 | UInt128(mac.bits)
    var probe = Probe(key.spread, from: 0, capacity: slots.count)
    while slots[probe.place].port != .max,
      slots[probe.place].macAddress != mac.bits || slots[probe.place].subnet != subnet.number
    {
      probe.advance()
    }
    return probe.place
  }
}
