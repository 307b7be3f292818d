public import HNVCore

extension Lab {
  /// An adapter's part in a virtual router: addresses that several machines on one link share, and
  /// that one of them has at a time, as VRRP version 3 decides (RFC 9568).
  public struct VirtualRouter: Equatable, Sendable {
    /// The number that the machines know it by, 1 to 255.
    public var id: UInt64
    /// The shared addresses, of IPv4.
    public var addresses: [Written]
    /// The machine's priority, 1 to 254; of those that run, the one with the highest is active.
    public var priority: UInt64
    /// Whether the machine takes over from an active one of lower priority.
    public var preempts: Bool
    /// Whether the machine, while it is active, takes packets to the shared addresses for itself.
    public var accepts: Bool
    /// Whether the shared addresses have the MAC address 00-00-5E-00-01 and the number; otherwise
    /// that of the active machine's adapter.
    public var usesVirtualMAC: Bool
    /// Where it is written.
    public var place: Place

    /// Declares an adapter's part.
    public init(
      id: UInt64, addresses: [Written], priority: UInt64 = 100, preempts: Bool = true,
      accepts: Bool = false, usesVirtualMAC: Bool = true, at place: Place
    ) {
      self.id = id
      self.addresses = addresses
      self.priority = priority
      self.preempts = preempts
      self.accepts = accepts
      self.usesVirtualMAC = usesVirtualMAC
      self.place = place
    }
  }
}

extension Lab.Machine {
  /// Has the machine's latest adapter share addresses with other machines, by VRRP.
  public mutating func virtualRouter(
    _ id: UInt64, _ addresses: String..., priority: UInt64 = 100, preempts: Bool = true,
    accepts: Bool = false, usesVirtualMAC: Bool = true, file: String = #fileID,
    line: UInt32 = #line
  ) {
    guard !interfaces.isEmpty else { return }
    let place = Place(file: file, line: line)
    interfaces[interfaces.count - 1].virtualRouters.append(
      Lab.VirtualRouter(
        id: id, addresses: place.written(addresses), priority: priority, preempts: preempts,
        accepts: accepts, usesVirtualMAC: usesVirtualMAC, at: place))
  }
}
