extension PrefixTrie {
  /// A prefix with a slot, as a walk finds it.
  struct Entry: Sendable {
    let bits: Bits
    let length: UInt8
    let slot: Slot

    var prefix: IPPrefix { IPPrefix(masking: bits.address, length: Int(length)) }
  }

  /// The entry that is exactly this prefix.
  func entry(_ bits: Bits, length: UInt8) -> Entry? {
    let index = descend(towards: bits, to: length)
    return self[index].length == length && self[index].bits == bits ? entry(at: index) : nil
  }

  func longestMatch(for address: Bits) -> Entry? {
    var best = Self.root
    var index = Self.root
    repeat {
      let node = self[index]
      guard node.covers(address) else { break }
      if node.hasSlot { best = index }
      index = node.child(towards: address)
    } while index != Self.none
    return entry(at: best)
  }

  /// The longest entry that covers a prefix and is shorter than it.
  func cover(of bits: Bits, length: UInt8) -> Entry? {
    var best = Self.root
    var index = Self.root
    repeat {
      let node = self[index]
      guard node.length < length, node.covers(bits) else { break }
      if node.hasSlot { best = index }
      index = node.child(towards: bits)
    } while index != Self.none
    return self[best].length < length ? entry(at: best) : nil
  }

  /// Every entry that covers the address, the longest first.
  func matches(for address: Bits) -> [Entry] {
    var found: [Entry] = []
    var index = Self.root
    repeat {
      let node = self[index]
      guard node.covers(address) else { break }
      if let entry = entry(at: index) { found.append(entry) }
      index = node.child(towards: address)
    } while index != Self.none
    return found.reversed()
  }

  /// The entries within a prefix, in order.
  func covered(by bits: Bits, length: UInt8) -> Entries {
    let index = descend(towards: bits, to: length)
    let node = self[index]
    let isWithin = node.length >= length && node.bits.sharedLength(with: bits) >= Int(length)
    return Entries(of: self, from: isWithin ? index : nil)
  }

  /// Of the entries that do not cover the address, the one that shares the most leading bits; of
  /// several the longest, and of those the first.
  func nearestMiss(for address: Bits) -> Entry? {
    // Entries off the path share with the address just the bits up to where they leave it. So the
    // nearest are those of the last branch passed by, all equally near.
    var branch = Self.none
    var index = Self.root
    repeat {
      let node = self[index]
      guard node.covers(address) else {
        branch = index
        break
      }
      let aside = node.child(awayFrom: address)
      if aside != Self.none { branch = aside }
      index = node.child(towards: address)
    } while index != Self.none
    var longest: Entry?
    for entry in Entries(of: self, from: branch == Self.none ? nil : branch)
    where longest.map({ entry.length > $0.length }) ?? true {
      longest = entry
    }
    return longest
  }

  private func entry(at index: Index) -> Entry? {
    let node = self[index]
    return node.hasSlot ? Entry(bits: node.bits, length: node.length, slot: node.slot) : nil
  }

  /// The first node towards the bits that is at least as long, or the last one that there is.
  private func descend(towards bits: Bits, to length: UInt8) -> Index {
    var index = Self.root
    while self[index].length < length {
      let child = self[index].child(towards: bits)
      if child == Self.none { break }
      index = child
    }
    return index
  }
}
