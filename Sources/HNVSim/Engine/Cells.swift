import HNVCore

/// Where an element lives while a run lasts: an event costs one dynamic dispatch and one check of
/// exclusive access, whatever the element does.
protocol Cell: AnyObject {
  func receive(_ packet: PacketID, from cable: Cable, in world: inout World)
  func timeout(_ timer: Timer, in world: inout World)
  func halt(in world: inout World)
  func welcome(_ machine: Int, in world: inout World)
  func start(in world: inout World)
}

/// The cell of one type of element.
final class ElementCell<Content: Element>: Cell {
  var content: Content

  init(_ content: Content) { self.content = content }

  func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    content.receive(packet, from: cable, in: &world)
  }

  func timeout(_ timer: Timer, in world: inout World) { content.timeout(timer, in: &world) }

  func halt(in world: inout World) { content.halt(in: &world) }

  func welcome(_ machine: Int, in world: inout World) { content.welcome(machine, in: &world) }

  func start(in world: inout World) { content.start(in: &world) }
}

extension Element {
  /// The element in a cell of its own.
  func inCell() -> any Cell { ElementCell(self) }
}

/// The cells of a run by element: of the few that its packets touch, each made when one first does.
///
/// A hash table of open addressing, at most half full.
struct Cells {
  private let network: any ModelNetwork
  /// What machines are made of, which the runs of a network share.
  private let machines: Cache<StationConfiguration>
  private var slots: [Slot] = Array(repeating: Slot(key: .max, cell: nil), count: 16)
  private var count = 0

  private struct Slot {
    var key: UInt64
    var cell: (any Cell)?
  }

  init(_ network: any ModelNetwork, sharing machines: Cache<StationConfiguration>) {
    self.network = network
    self.machines = machines
  }

  /// Whether an element has a cell.
  func contains(_ element: ElementID) -> Bool {
    slots[place(of: element.key, in: slots)].cell != nil
  }

  /// The cell of an element, made from the network when it is first asked for.
  ///
  /// - Complexity: O(1) on average, beside making one.
  subscript(_ element: ElementID) -> any Cell {
    mutating get {
      if let cell = slots[place(of: element.key, in: slots)].cell { return cell }
      let cell = makeElement(element).inCell()
      if count * 2 >= slots.count { grow() }
      count += 1
      slots[place(of: element.key, in: slots)] = Slot(key: element.key, cell: cell)
      return cell
    }
  }

  private func makeElement(_ element: ElementID) -> any Element {
    switch element {
    case .machine(let index):
      Station(
        machines.value(index) {
          StationConfiguration(machine: index, in: network.intent, mtu: network.mtu(of: index))
        })
    case .outside(let index): Station(StationConfiguration(outside: index, in: network.intent))
    case .router(let index): Station(StationConfiguration(router: index, in: network.intent))
    case .host, .underlay, .device: network.element(for: element)
    }
  }

  private func place(of key: UInt64, in slots: [Slot]) -> Int {
    let mask = slots.count - 1
    // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
    var place = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) &>> 32) & mask
    while slots[place].key != key, slots[place].key != .max { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    var larger = Array(repeating: Slot(key: .max, cell: nil), count: slots.count * 2)
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
