/// A number for each of many adapters: open addressing, as in `RecordTable`, for dictionaries are
/// most of the time that the check of a large network takes.
struct AdapterMap {
  private struct Slot {
    var address: UInt64 = 0
    /// No virtual subnet is 0.
    var subnet: UInt32 = 0
    var value: UInt32 = 0
  }

  private var slots: [Slot]

  /// A map with room for so many adapters.
  init(for count: Int) { slots = Array(repeating: Slot(), count: Probe.capacity(for: count)) }

  /// The number of an adapter; `nil` for one that has none.
  subscript(adapter: AdapterKey) -> Int? {
    let slot = slots[place(of: adapter)]
    return slot.subnet == 0 ? nil : Int(slot.value)
  }

  /// Gives an adapter a number; there must be room for it.
  ///
  /// - Returns: the number that it had; `nil` for none.
  @discardableResult
  mutating func update(_ adapter: AdapterKey, to value: Int) -> Int? {
    let place = place(of: adapter)
    let before = slots[place]
    slots[place] = Slot(
      address: adapter.address.bits, subnet: adapter.subnet.number,
      value: UInt32(truncatingIfNeeded: value))
    return before.subnet == 0 ? nil : Int(before.value)
  }

  private func place(of adapter: AdapterKey) -> Int {
    var probe = Probe(adapter.spread, from: 0, capacity: slots.count)
    while slots[probe.place].subnet != 0,
      slots[probe.place].address != adapter.address.bits
        || slots[probe.place].subnet != adapter.subnet.number
    {
      probe.advance()
    }
    return probe.place
  }
}
