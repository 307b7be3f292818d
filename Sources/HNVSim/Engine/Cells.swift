public import HNVCore

/// Where an element lives while a run lasts: an event costs one dynamic dispatch and one check of
/// exclusive access, whatever the element does.
///
/// ``ElementCell`` is one; there need be no other.
public protocol Cell: AnyObject {
  /// Hands the element a frame that arrives by a cable.
  func receive(_ packet: PacketID, from cable: Cable, in world: inout World)

  /// Tells the element that a timer of its own has run out.
  func timeout(_ timer: Timer, in world: inout World)

  /// Tells the element that it is stopped.
  func halt(in world: inout World)

  /// Tells the element, a host, that a machine has moved to it.
  func welcome(_ machine: Int, in world: inout World)

  /// Tells the element that it starts.
  func start(in world: inout World)
}

/// The cell of one type of element.
public final class ElementCell<Content: Element>: Cell {
  var content: Content

  /// Puts an element into its cell.
  public init(_ content: consuming Content) { self.content = content }

  /// Hands the element a frame that arrives by a cable.
  public func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    content.receive(packet, from: cable, in: &world)
  }

  /// Tells the element that a timer of its own has run out.
  public func timeout(_ timer: Timer, in world: inout World) {
    content.timeout(timer, in: &world)
  }

  /// Tells the element that it is stopped.
  public func halt(in world: inout World) { content.halt(in: &world) }

  /// Tells the element, a host, that a machine has moved to it.
  public func welcome(_ machine: Int, in world: inout World) {
    content.welcome(machine, in: &world)
  }

  /// Tells the element that it starts.
  public func start(in world: inout World) { content.start(in: &world) }
}

/// A cell belongs to one run.
@available(*, unavailable)
extension ElementCell: Sendable {}

/// A network with the state of one run, whose type only the model knows.
protocol CellFactory {
  var modelNetwork: any ModelNetwork { get }
  var modelState: any ModelState { get }
  func cell(for element: ElementID) -> any Cell
}

private struct NetworkRun<Network: ModelNetwork>: CellFactory {
  let network: Network
  let state: Network.State

  var modelNetwork: any ModelNetwork { network }
  var modelState: any ModelState { state }

  func cell(for element: ElementID) -> any Cell { network.cell(for: element, sharing: state) }
}

extension ModelNetwork {
  /// The network in its initial state.
  func newRun() -> any CellFactory { NetworkRun(network: self, state: initialState()) }
}

/// The cells of a run by element: of the few that its packets touch, each made when one first does.
///
/// A hash table of open addressing, at most half full.
struct Cells {
  private let factory: any CellFactory
  /// What machines are made of, which the runs of a network share.
  private let machines: Cache<StackConfiguration>
  private var slots: [Slot] = Array(repeating: Slot(key: .max, cell: nil), count: 16)
  private var count = 0

  private struct Slot {
    var key: UInt64
    var cell: (any Cell)?
  }

  init(_ factory: any CellFactory, sharing machines: Cache<StackConfiguration>) {
    self.factory = factory
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
      let cell = makeCell(element)
      if count * 2 >= slots.count { grow() }
      count += 1
      slots[place(of: element.key, in: slots)] = Slot(key: element.key, cell: cell)
      return cell
    }
  }

  private func makeCell(_ element: ElementID) -> any Cell {
    let network = factory.modelNetwork
    switch element {
    case .machine(let index):
      let configuration = machines.value(index) {
        StackConfiguration(machine: index, in: network.intent, mtu: network.mtu(of: index))
      }
      return ElementCell(NetworkStack(configuration))
    case .outside(let index):
      return ElementCell(NetworkStack(StackConfiguration(outside: index, in: network.intent)))
    case .router(let index):
      return ElementCell(NetworkStack(StackConfiguration(router: index, in: network.intent)))
    case .host, .underlay, .device: return factory.cell(for: element)
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
