/// The ports of a host by MAC address and virtual subnet, with what a packet for one asks of it:
/// open addressing, as in `RecordTable`.
struct PortDirectory: Sendable {
  /// A port, in twenty bytes without a pointer.
  struct Slot: Sendable {
    private var lowMAC: UInt32 = 0
    private var highMAC: UInt16 = 0
    /// Whether the port asks nobody but its extended rules what it may take; guards are about what
    /// machines send.
    private(set) var asksRulesAlone = false
    private var subnet: UInt32 = 0
    private var number: UInt32 = .max
    /// The list of its extended rules.
    private(set) var list: UInt32 = 0

    /// What stands where nothing does.
    fileprivate static let none = Slot()

    fileprivate init() {}

    fileprivate init(
      _ index: Int, _ mac: MACAddress, _ subnet: VirtualSubnetID, in table: PortTable
    ) {
      lowMAC = UInt32(truncatingIfNeeded: mac.bits)
      highMAC = UInt16(truncatingIfNeeded: mac.bits >> 32)
      asksRulesAlone = !table.hasBasicRules(index)
      self.subnet = subnet.number
      number = UInt32(truncatingIfNeeded: index)
      list = table.list(of: index)
    }

    var isNone: Bool { number == .max }

    /// The port, by its place at the host.
    var port: Int { Int(number) }

    @inline(__always)
    fileprivate func isOf(_ mac: MACAddress, _ subnet: VirtualSubnetID) -> Bool {
      lowMAC == UInt32(truncatingIfNeeded: mac.bits)
        && highMAC == UInt16(truncatingIfNeeded: mac.bits >> 32) && self.subnet == subnet.number
    }
  }

  private var slots: [Slot]

  /// Of ports with one MAC address and virtual subnet the first counts.
  init(_ table: PortTable) {
    slots = Array(repeating: .none, count: Probe.capacity(for: table.ports.count))
    for (index, port) in table.ports.enumerated() {
      guard let subnet = port.virtualSubnetID else { continue }
      let place = place(of: port.macAddress, in: subnet)
      guard slots[place].isNone else { continue }
      slots[place] = Slot(index, port.macAddress, subnet, in: table)
    }
  }

  /// The place at which the search for a port begins.
  @inline(__always)
  func start(of mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    probe(for: mac, in: subnet).place
  }

  /// Reads a place; the answer says nothing.
  @inline(__always)
  func read(_ place: Int) -> UInt32 { slots[place].list }

  /// The port; `isNone` on a miss.
  @inline(__always)
  func slot(for mac: MACAddress, in subnet: VirtualSubnetID) -> Slot {
    slots[place(of: mac, in: subnet)]
  }

  @inline(__always)
  private func place(of mac: MACAddress, in subnet: VirtualSubnetID) -> Int {
    var probe = probe(for: mac, in: subnet)
    while !slots[probe.place].isNone, !slots[probe.place].isOf(mac, subnet) { probe.advance() }
    return probe.place
  }

  @inline(__always)
  private func probe(for mac: MACAddress, in subnet: VirtualSubnetID) -> Probe {
    Probe(AdapterKey(subnet: subnet, address: mac).spread, from: 0, capacity: slots.count)
  }
}

extension AdapterKey {
  /// A number that mostly differs for different adapters.
  @inline(__always)
  var spread: UInt32 { (UInt128(subnet.number) << 64 | UInt128(address.bits)).spread }
}
