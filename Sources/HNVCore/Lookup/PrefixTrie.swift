/// A binary trie over the prefixes of one family, with paths compressed.
///
/// It maps prefixes to slots, which are whatever numbers its owner files values under. So it is
/// generic over the two families alone, and stays fast where a table's values are of a type that
/// the compiler does not know here.
///
/// A node stands for a prefix; its children are longer prefixes within it, told apart by their next
/// bit. There is a node for the root, for every prefix with a slot, and where two paths part, and
/// no other: the shape follows from the prefixes alone, in whatever order they came.
///
/// The nodes lie in one array and name each other by index, so the trie is a value, and no walk
/// down is longer than an address has bits.
struct PrefixTrie<Bits: AddressBits>: Sendable {
  typealias Index = Int32
  typealias Slot = Int32

  /// The root's index, which as a child says that there is none: the root is nobody's child.
  static var root: Index { 0 }
  static var none: Index { 0 }
  /// What a node has that only holds two paths apart.
  static var noSlot: Slot { -1 }

  var nodes = [Node(bits: 0, length: 0)]
  /// The first of the nodes to use again; they are linked by `zero`.
  var firstFree = Self.none
  /// The number of prefixes with a slot.
  var count = 0

  struct Node: Sendable {
    /// The prefix's bits; those beyond its length are zero.
    var bits: Bits
    var slot = noSlot
    /// The children, by their bit after this prefix.
    var zero = none
    var one = none
    var length: UInt8

    init(bits: Bits, length: UInt8) {
      self.bits = bits
      self.length = length
    }

    var hasSlot: Bool { slot != noSlot }

    func covers(_ address: Bits) -> Bool { bits.sharedLength(with: address) >= Int(length) }

    /// Whether the address's bit after this prefix is 1.
    ///
    /// At full length there is no such bit and the masking shift finds another, which does no harm,
    /// for then both children are missing.
    func turnsToOne(_ address: Bits) -> Bool {
      address & (Bits.highest &>> Bits(truncatingIfNeeded: length)) != 0
    }

    func child(towards address: Bits) -> Index { turnsToOne(address) ? one : zero }

    func child(awayFrom address: Bits) -> Index { turnsToOne(address) ? zero : one }
  }

  /// One node; an index that a node holds is always in range.
  subscript(index: Index) -> Node {
    get { nodes[Int(index)] }
    set { nodes[Int(index)] = newValue }
  }
}

extension AddressBits {
  /// The most significant bit alone.
  fileprivate static var highest: Self { 1 << (bitWidth - 1) }
}
