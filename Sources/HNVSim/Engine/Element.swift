public import HNVCore

/// Anything that a frame can pass: a machine, a hypervisor's switch, the underlay and its routers.
///
/// An element is a value: what it has learned in a run. It knows its own cables and nothing of what
/// is at their other ends. All it does to the world it does to the one that it is handed.
public protocol Element {
  /// Takes a frame that arrives by a cable.
  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World)

  /// A timer that the element set has run out.
  mutating func timeout(_ timer: Timer, in world: inout World)

  /// The element is stopped, and forgets what it only held in mind.
  mutating func halt(in world: inout World)

  /// A machine has moved to this host, which may tell the network.
  mutating func welcome(_ machine: Int, in world: inout World)

  /// The element starts again after it was stopped; that of a machine in a virtual router also at
  /// the beginning.
  mutating func start(in world: inout World)
}

extension Element {
  /// An element without timers.
  public mutating func timeout(_ timer: Timer, in world: inout World) {}

  /// An element with nothing to forget.
  public mutating func halt(in world: inout World) {}

  /// A host that announces nothing.
  public mutating func welcome(_ machine: Int, in world: inout World) {}

  /// An element that does nothing by itself.
  public mutating func start(in world: inout World) {}
}
