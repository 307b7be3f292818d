public import HNVCore

/// Anything that a frame can pass: a machine, a hypervisor's switch, the underlay and its routers.
///
/// A box knows its own cables and nothing of what is at their other ends. All it does to the world
/// goes through the context that it is handed.
public protocol Box: AnyObject {
  /// Takes a frame that arrives by a cable.
  func receive(_ packet: PacketID, from cable: Cable, in world: inout World)

  /// A timer that the box set has run out.
  func timeout(_ timer: Timer, in world: inout World)

  /// The box is stopped, and forgets what it only held in mind.
  func halt(in world: inout World)

  /// A machine has moved to this host, which may tell the network.
  func welcome(_ machine: Int, in world: inout World)

  /// The box starts again after it was stopped; that of a machine in a virtual router also at the
  /// beginning.
  func start(in world: inout World)
}

extension Box {
  /// A box without timers.
  public func timeout(_ timer: Timer, in world: inout World) {}

  /// A box with nothing to forget.
  public func halt(in world: inout World) {}

  /// A host that announces nothing.
  public func welcome(_ machine: Int, in world: inout World) {}

  /// A box that does nothing by itself.
  public func start(in world: inout World) {}
}

/// What joins two boxes; each end knows the cable by the same name.
public enum Cable: Hashable, Sendable, BitwiseCopyable {
  /// A machine's adapter, to its host's switch or to the wire of an outside network.
  case adapter(machine: Int, index: Int)
  /// A host, to the underlay.
  case uplink(host: Int)
  /// The gateway of a site, to the outside network that carries its tunnels.
  case line(site: Int)
  /// An interface of an underlay router, to the underlay.
  case port(router: Int, index: Int)
  /// One that a model adds, by its position among the intent's lines.
  case wire(Int)
}

/// What a machine waits for.
public enum Timer: Hashable, Sendable, BitwiseCopyable {
  /// The answer to a question for a neighbour's MAC address, by adapter; attempts count from 1.
  case resolution(interface: Int, neighbor: IPAddress, attempt: Int)
  /// The missing parts of a packet.
  case reassembly(FragmentBuffer.Key, compartment: Int)
  /// Its next advertisement as a virtual router, or another's that fails to come; of several that
  /// it waited for, the latest round counts.
  case virtualRouter(Int, round: Int)
  /// Something of a model's own, told apart by its number.
  case other(Int)
}

extension Timer {
  /// Whether the machine that set the timer sets it again for ever.
  var isEndless: Bool { if case .virtualRouter = self { true } else { false } }
}
