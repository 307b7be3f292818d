public import HNVCore

/// What a trace can pass: the elements of a network.
public enum ElementID: Hashable, Sendable, BitwiseCopyable {
  /// A VM or a forwarding machine.
  case machine(Int)
  /// A hypervisor.
  case host(Int)
  /// A network beyond the lab.
  case outside(Int)
  /// What joins the hypervisors.
  case underlay
  /// A router of the underlay.
  case router(Int)
  /// An element that the model adds.
  case device(Int)
}

extension ElementID {
  /// Whether the element carries packets of machines, and is the end of none.
  var isOfUnderlay: Bool {
    switch self {
    case .machine, .outside: false
    case .host, .underlay, .router, .device: true
    }
  }
}

extension Intent {
  /// An element that a model adds, such as an internet gateway.
  public struct Device: Sendable {
    /// Its name, which no other element has.
    public let name: String
  }

  /// A cable that a model adds.
  public struct Line: Sendable {
    /// One end.
    public let one: ElementID
    /// The other end.
    public let other: ElementID
    /// How long a frame takes on it.
    public let latency: VirtualTime
    /// The MAC address of the first end on it; `nil` where nobody asks.
    public let macAddress: MACAddress?
    /// The addresses of the first end on the wire of an outside network.
    public let addresses: [IPAddress]
  }

  /// The name of an element.
  public func name(_ element: ElementID) -> String {
    switch element {
    case .machine(let index): machines[index].name
    case .host(let index): hosts[index].name
    case .outside(let index): outsides[index].name
    case .underlay: underlay.name
    case .router(let index): underlay.routers[index].name
    case .device(let index): devices[index].name
    }
  }
}
