public import HNVCore

extension Intent.Interface {
  /// An adapter's part in a virtual router.
  public struct VirtualRouterMember: Hashable, Sendable {
    /// The number of the virtual router.
    public let id: UInt8
    /// Of the members that run, the one with the highest priority is active.
    public let priority: UInt8
    /// The shared addresses.
    public let addresses: [IPv4Address]
    /// Whether the member takes over from an active one of lower priority.
    public let preempts: Bool
    /// Whether the active member takes packets to the shared addresses for itself.
    public let accepts: Bool
    /// The MAC address of the shared addresses while this member is active.
    public let macAddress: MACAddress
    /// Where it is written.
    public let place: Place
  }

  /// Whether an address is the adapter's own, or one that it shares.
  public func mayHave(_ address: IPAddress) -> Bool {
    addresses.contains { $0.address == address }
      || virtualRouters.contains { $0.shares(address) }
  }

  /// The address by which VRRP knows the adapter: its first of IPv4.
  var primaryAddress: IPv4Address? {
    addresses.lazy.compactMap { if case .v4(let own) = $0.address { own } else { nil } }.first
  }
}

extension Intent.Interface.VirtualRouterMember {
  /// Whether an address is one of the shared ones.
  public func shares(_ address: IPAddress) -> Bool {
    addresses.contains { .v4($0) == address }
  }
}

extension Intent {
  /// A virtual router: what the adapters that are one know of it, and who they are.
  public struct VirtualRouter: Hashable, Sendable {
    /// The subnet, or the wire of an outside network, that its members are on.
    public let attachment: Interface.Attachment
    /// The number that its members know it by.
    public let id: UInt8
    /// The shared addresses.
    public let addresses: [IPv4Address]
    /// The adapters, best first: by priority, and then by address (RFC 9568, section 6.4.3).
    public internal(set) var members: [Owner]
  }

  /// The virtual routers, in the order in which their first members are declared.
  public var virtualRouters: [VirtualRouter] {
    var routers: [VirtualRouter] = []
    for owner in sharingAdapters {
      let interface = machines[owner.machine].interfaces[owner.interface]
      for part in interface.virtualRouters {
        let known = routers.firstIndex {
          $0.attachment == interface.attachment && $0.id == part.id
        }
        if let known {
          routers[known].members.append(owner)
        } else {
          routers.append(
            VirtualRouter(
              attachment: interface.attachment, id: part.id, addresses: part.addresses,
              members: [owner]))
        }
      }
    }
    for index in routers.indices {
      let id = routers[index].id
      routers[index].members.sort { rank(of: $1, in: id) < rank(of: $0, in: id) }
    }
    return routers
  }

  private func rank(of member: Owner, in id: UInt8) -> (UInt8, UInt32) {
    let interface = machines[member.machine].interfaces[member.interface]
    let part = interface.virtualRouters.first { $0.id == id }
    return (part?.priority ?? 0, interface.primaryAddress?.bits ?? 0)
  }

  /// The virtual router that shares an address in a network; `nil` for none.
  public func virtualRouter(sharing address: IPAddress, in network: Int) -> VirtualRouter? {
    guard case .v4(let shared) = address, !sharingAdapters.isEmpty else { return nil }
    return virtualRouters.first { router in
      guard case .subnet(let subnet) = router.attachment, subnets[subnet].network == network
      else { return false }
      return router.addresses.contains(shared)
    }
  }

  /// Whether machines share an address, anywhere in the lab.
  func isShared(_ address: IPAddress) -> Bool {
    sharingAdapters.contains { owner in
      machines[owner.machine].interfaces[owner.interface].virtualRouters.contains {
        $0.shares(address)
      }
    }
  }

  /// The machines that are in virtual routers, in declared order.
  var machinesInVirtualRouters: [Int] {
    var machines: [Int] = []
    for owner in sharingAdapters where machines.last != owner.machine {
      machines.append(owner.machine)
    }
    return machines
  }
}
