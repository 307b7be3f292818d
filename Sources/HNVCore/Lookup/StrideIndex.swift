/// The longest match of every IPv4 address, found by a few bits at a time: what a trie has beside
/// it where a table is large.
///
/// Each place of a node says which prefix is the longest for all addresses that come there, or,
/// where there are longer ones, names the node that tells them apart (controlled prefix expansion:
/// Srinivasan and Varghese, "Fast Address Lookups Using Controlled Prefix Expansion", 1999). The
/// first node takes more bits the larger the table, up to 16 (direct pointing, as in poptrie: Asai
/// and Ohara, 2015); all others take four, so that one is a cache line, and memory follows the
/// table, where DIR-24-8 (Gupta, Lin and McKeown, 1998) takes 64 MiB for any.
///
/// The trie beside it is what the table holds: this is made of it, and answers one question sooner.
struct StrideIndex: Sendable {
  /// The first node, and behind it the others, 16 places each.
  private var places: [Place]
  /// The nodes to use again, by their first place.
  private var freeNodes: [UInt32] = []
  /// How many bits of an address the first node takes: a multiple of four.
  let rootBits: Int

  /// The bits that any other node takes.
  private static var stride: Int { 4 }

  /// Nothing yet, for about so many prefixes.
  init(for count: Int) {
    rootBits = Self.rootBits(for: count)
    places = Array(repeating: .nothing, count: 1 << rootBits)
  }

  /// The bits of the first node that suit a number of prefixes.
  static func rootBits(for count: Int) -> Int {
    switch count {
    case ..<256: 8
    case ..<8_192: 12
    default: 16
    }
  }

  /// What stands at a place: nothing, a prefix by its length and its slot, or a node by its first
  /// place.
  struct Place: Equatable {
    private let word: UInt32

    private init(word: UInt32) { self.word = word }

    static let nothing = Place(word: 0)

    /// How many slots can be told apart.
    static var slotLimit: Int { (1 << 25) - 1 }

    init(slot: Int32, length: UInt8) {
      word = (UInt32(bitPattern: slot) + 1) << 6 | UInt32(length)
    }

    init(node: UInt32) { word = 1 << 31 | node }

    var isNode: Bool { word >> 31 == 1 }
    var node: Int { Int(word & ~(1 << 31)) }
    var isNothing: Bool { word == 0 }
    var length: Int { Int(word & 63) }
    /// -1 for none.
    var slot: Int32 { Int32(bitPattern: (word >> 6) &- 1) }
  }

  /// The longest prefix that covers an address, by its place; `nothing` on a miss.
  @inline(__always)
  func longestMatch(for address: UInt32) -> Place {
    var below = 32 - rootBits
    var place = places[Int(address >> UInt32(below))]
    while place.isNode {
      below -= Self.stride
      place = places[place.node + Int(address >> UInt32(below) & 15)]
    }
    return place
  }

  /// Takes in a prefix that was not there.
  mutating func insert(_ slot: Int32, _ bits: UInt32, length: UInt8) {
    let new = Place(slot: slot, length: length)
    replace(bits, Int(length), in: 0, below: 32 - rootBits, by: new) {
      $0.isNothing || $0.length < new.length
    }
  }

  /// Takes out a prefix that was there; what covers it stands in its places from now on.
  mutating func remove(
    _ slot: Int32, _ bits: UInt32, length: UInt8, coveredBy cover: Place
  ) {
    let old = Place(slot: slot, length: length)
    replace(bits, Int(length), in: 0, below: 32 - rootBits, by: cover) { $0 == old }
  }

  /// Puts something in the places of a prefix that give way, from a node on: each of its places
  /// stands for all addresses that differ in the lowest `below` bits alone.
  private mutating func replace(
    _ bits: UInt32, _ length: Int, in node: Int, below: Int, by new: Place,
    where gives: (Place) -> Bool
  ) {
    let mask = node == 0 ? (1 << rootBits) - 1 : 15
    let place = node + (Int(bits >> UInt32(below)) & mask)
    let ownLength = 32 - below
    guard length > ownLength else {
      for place in place..<place + (1 << (ownLength - length)) {
        replaceAll(at: place, by: new, where: gives)
      }
      return
    }
    if !places[place].isNode { places[place] = Place(node: makeNode(of: places[place])) }
    let child = places[place].node
    replace(bits, length, in: child, below: below - Self.stride, by: new, where: gives)
    dissolve(child, at: place)
  }

  private mutating func replaceAll(at place: Int, by new: Place, where gives: (Place) -> Bool) {
    guard places[place].isNode else {
      if gives(places[place]) { places[place] = new }
      return
    }
    let node = places[place].node
    for place in node..<node + 16 { replaceAll(at: place, by: new, where: gives) }
  }

  private mutating func makeNode(of place: Place) -> UInt32 {
    guard let node = freeNodes.popLast() else {
      places.append(contentsOf: repeatElement(place, count: 16))
      return UInt32(places.count - 16)
    }
    for other in Int(node)..<Int(node) + 16 { places[other] = place }
    return node
  }

  /// Does without a node that tells nothing apart: there is no prefix longer than its own any more.
  private mutating func dissolve(_ node: Int, at place: Int) {
    let first = places[node]
    guard !first.isNode, (node + 1..<node + 16).allSatisfy({ places[$0] == first }) else { return }
    places[place] = first
    freeNodes.append(UInt32(node))
  }

  /// The nodes in use beside the first.
  var nodeCount: Int { (places.count - (1 << rootBits)) / 16 - freeNodes.count }
}
