/// Which routing domain's records a virtual subnet's are among: open addressing, as in
/// `RecordTable`.
struct DomainIndex: Sendable {
  private struct Slot {
    var subnet: UInt32 = 0
    var domain: UInt32 = .max
  }

  private var slots = [Slot()]
  private var count = 0

  /// The place of a virtual subnet's domain; `nil` for one that neither routes nor records name.
  @inline(__always)
  subscript(subnet: VirtualSubnetID) -> Int? {
    let domain = slots[place(of: subnet.number)].domain
    return domain == .max ? nil : Int(domain)
  }

  /// Notes a virtual subnet's domain.
  mutating func insert(_ subnet: VirtualSubnetID, in domain: Int) {
    if Probe.capacity(for: count + 1) > slots.count { grow() }
    let place = place(of: subnet.number)
    if slots[place].domain == .max { count += 1 }
    slots[place] = Slot(subnet: subnet.number, domain: UInt32(truncatingIfNeeded: domain))
  }

  private mutating func grow() {
    let before = slots
    slots = Array(repeating: Slot(), count: Probe.capacity(for: 2 * count + 6))
    for slot in before where slot.domain != .max { slots[place(of: slot.subnet)] = slot }
  }

  @inline(__always)
  private func place(of subnet: UInt32) -> Int {
    var probe = Probe(subnet.spread, from: 0, capacity: slots.count)
    while slots[probe.place].domain != .max, slots[probe.place].subnet != subnet {
      probe.advance()
    }
    return probe.place
  }
}
