public import HNVCore

/// What joins two elements; each end knows the cable by the same name.
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
