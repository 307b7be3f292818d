/// The boxes of a run by element: the few that its packets touch.
///
/// A hash table of open addressing, at most half full.
struct Boxes {
  private var slots: [Slot] = Array(repeating: Slot(key: .max, box: nil), count: 32)
  private var count = 0

  private struct Slot {
    var key: UInt64
    var box: (any Box)?
  }

  /// The box of an element; `nil` where none was made.
  ///
  /// - Complexity: O(1) on average.
  subscript(_ element: ElementID) -> (any Box)? {
    slots[place(of: element.key, in: slots)].box
  }

  /// Adds the box of an element that has none.
  mutating func add(_ box: any Box, for element: ElementID) {
    if count * 2 >= slots.count { grow() }
    count += 1
    slots[place(of: element.key, in: slots)] = Slot(key: element.key, box: box)
  }

  private func place(of key: UInt64, in slots: [Slot]) -> Int {
    let mask = slots.count - 1
    // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
    var place = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) &>> 32) & mask
    while slots[place].key != key, slots[place].key != .max { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    var larger = Array(repeating: Slot(key: .max, box: nil), count: slots.count * 2)
    for slot in slots where slot.key != .max { larger[place(of: slot.key, in: larger)] = slot }
    slots = larger
  }
}

extension ElementID {
  /// A number that no other element has.
  fileprivate var key: UInt64 {
    switch self {
    case .machine(let index): UInt64(index) << 3
    case .host(let index): UInt64(index) << 3 | 1
    case .outside(let index): UInt64(index) << 3 | 2
    case .router(let index): UInt64(index) << 3 | 3
    case .device(let index): UInt64(index) << 3 | 4
    case .underlay: 5
    }
  }
}
