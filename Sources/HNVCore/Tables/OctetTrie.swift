/// Which slot each prefix of one family has: index and store in one.
///
/// A *node* takes one octet of an address. It owns a *region* of slots, in which its *items* stand
/// side by side: *links* to further nodes, *tails*, which are routes that end deeper but are alone
/// there, so that no node is made for them (leaf compression, as in gaissmai/bart), and *routes*
/// that end in this octet. For each of the octet's 256 values a *code* says which item counts
/// there: slot = base + code, and 0 for none. So a match costs two cache lines, that of the code
/// and that of what stands in the slot.
///
/// Links and tails, the *specials*, come first in a region, so that the code alone tells whether it
/// is a route. Each special has a *fallback*: the code of the longest route of its node that covers
/// its octet. Nothing is pushed down into further nodes, and a change touches one node.
///
/// *Shortcuts* take several octets at once; see `OctetTrie+Shortcuts.swift`.
@usableFromInline
struct OctetTrie<Bits: TrieAddress>: Sendable {
  /// 256 for each node, and for each block of the codes' upper bytes.
  @usableFromInline var codes = [UInt8](repeating: 0, count: 256)
  /// What a search needs of each node.
  @usableFromInline var heads = [Head()]
  /// By slot; slot 0 is nobody's.
  @usableFromInline var items = [Item.none]
  @usableFromInline var nodes = [Node()]
  @usableFromInline var shortcuts = ShortcutTable<FullWidth>()
  @usableFromInline var deepShortcuts = ShortcutTable<DeepWidth>()
  /// The bits in front of the shortcuts, and how many they are.
  @usableFromInline var trunk = Bits(0).stored
  @usableFromInline var trunkLength = 0
  /// What only changes need.
  ///
  /// It is in an array of one: Swift copies a struct of more than about fifteen words, and retains
  /// each array in it, when it is read through another array.
  var upkeep = [Upkeep()]

  @usableFromInline static var root: Int { 0 }

  /// The first slot of a node less one, and up to which code a search has to look closer.
  @usableFromInline
  struct Head: Sendable {
    /// Half the base, which is even, in the upper 24 bits; the limit in the lower 8.
    @usableFromInline let word: UInt32

    @inlinable @inline(__always) init(word: UInt32 = 0) { self.word = word }

    init(_ node: Node) {
      let isPlain = node.high == 0 && node.base >> 25 == 0 && node.specials < 255
      word = isPlain ? node.base << 7 | UInt32(node.specials) : 255
    }

    @inlinable @inline(__always)
    var base: Int { Int(word &>> 8) &<< 1 }
    /// 255 where the node has to be asked.
    @inlinable @inline(__always)
    var limit: Int { Int(word & 255) }
  }

  @usableFromInline
  struct Node: Sendable {
    /// The first slot less one.
    @usableFromInline var base: UInt32 = 0
    /// The block with the codes' upper bytes, which only nodes of more than 255 items have.
    @usableFromInline var high: UInt32 = 0
    /// For a node that a shortcut leads to: the slot of the longest route in its parent that covers
    /// it; 0 for none.
    @usableFromInline var cover: UInt32 = 0
    @usableFromInline var specials: UInt16 = 0
    /// How many items it has; they stand without a gap.
    @usableFromInline var count: UInt16 = 0
    /// The size of its region, an index into `Regions.sizes`.
    var size: UInt8 = 0
  }

  /// What stands in a slot.
  @usableFromInline
  struct Item: Sendable {
    /// The bits of a route or tail, or the node of a link.
    @usableFromInline let stored: Bits.Stored
    /// From the lowest bit on: length 8, kind 2 (route 0, tail 1, link 2), fallback 10, octet 8.
    ///
    /// A link's length is more than that of all that it leads to.
    @usableFromInline var word: UInt32

    private init(_ bits: Bits, _ word: Int) {
      stored = bits.stored
      self.word = UInt32(truncatingIfNeeded: word)
    }

    static var none: Item { Item(0, 0) }
    static func route(_ bits: Bits, _ length: Int) -> Item { Item(bits, length) }
    static func tail(_ bits: Bits, _ length: Int, fallback: Int, octet: Int) -> Item {
      Item(bits, length | 1 << 8 | fallback << 10 | octet << 20)
    }
    static func link(to node: Int, fallback: Int, octet: Int) -> Item {
      Item(Bits(truncatingIfNeeded: node), 255 | 2 << 8 | fallback << 10 | octet << 20)
    }

    @inlinable @inline(__always)
    var bits: Bits { Bits(stored) }
    @inlinable @inline(__always)
    var length: Int { Int(word & 255) }
    @inlinable @inline(__always)
    var isLink: Bool { word & 2 << 8 != 0 }
    var isTail: Bool { word & 1 << 8 != 0 }
    @inlinable @inline(__always)
    var isRoute: Bool { word & 3 << 8 == 0 }
    @inlinable @inline(__always)
    var node: Int { Int(truncatingIfNeeded: bits) }
    @inlinable @inline(__always)
    var fallback: Int {
      get { Int(word &>> 10 & 1_023) }
      set { word = word & ~(1_023 << 10) | UInt32(newValue) << 10 }
    }
    var octet: Int { Int(word &>> 20) }

    @inlinable @inline(__always)
    func covers(_ address: Bits) -> Bool { bits.agrees(with: address, to: length) }

    func isExactly(_ bits: Bits, _ length: Int) -> Bool {
      self.length == length && self.bits == bits
    }

    /// The octets that the route of a node at a depth covers.
    func octets(at depth: Int) -> Range<Int> {
      let first = bits.octet(at: depth)
      return first..<first + 1 << (depth + 8 - length)
    }
  }

  /// What only changes need.
  struct Upkeep: Sendable {
    var count = 0
    /// The items of all nodes, links included.
    var itemCount = 0
    var freeNodes: [UInt32] = []
    var regions = Regions()
    /// What the last change moved, in this order; values go with their items.
    var moves: [SlotMove] = []
    /// How many prefixes there were when the shortcuts were made.
    var countAtShortcuts = 0
  }

  @inlinable @inline(__always)
  func code(_ node: Int, _ octet: Int) -> Int {
    let code = Int(codes[node &<< 8 | octet])
    let high = Int(nodes[node].high)
    return high == 0 ? code : code | Int(codes[high &<< 8 | octet]) &<< 8
  }

  @inlinable @inline(__always)
  func slot(_ node: Int, _ code: Int) -> Int { Int(nodes[node].base) &+ code }
}
