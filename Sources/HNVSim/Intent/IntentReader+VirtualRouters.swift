import HNVCore

/// Virtual routers: what their members say, and whether they agree.
extension IntentReader {
  /// An adapter's part in a virtual router; what is wrong with it is noted, and it is left out.
  mutating func read(
    _ part: Lab.VirtualRouter, of adapter: Intent.Interface, _ machine: Intent.Machine,
    address read: (inout IntentReader, Written) -> Intent.Interface.Address?
  ) -> Intent.Interface.VirtualRouterMember? {
    let id = check(part.id, in: 1...255, "the virtual router's number", at: part.place)
    let priority = check(part.priority, in: 1...254, "the priority", at: part.place)
    var addresses: [IPv4Address] = []
    for written in part.addresses {
      guard !written.text.contains(":") else {
        refuse(
          machine, written.text,
          "\(written.text) is an IPv6 address, and VRRP is simulated for IPv4 only",
          fix: "share an IPv4 address", at: written.place)
        continue
      }
      let count = diagnostics.count
      guard case .v4(let address)? = read(&self, written)?.address, diagnostics.count == count
      else { return nil }
      addresses.append(address)
    }
    guard let id, let priority else { return nil }
    guard !addresses.isEmpty else {
      if part.addresses.isEmpty {
        refuse(
          machine, "\(id)", "virtual router \(id) has no address", fix: "name a shared address",
          at: part.place)
      }
      return nil
    }
    guard adapter.primaryAddress != nil, !isTunnel(adapter) else {
      refuse(
        machine, "\(id)",
        isTunnel(adapter)
          ? "the adapter is a tunnel, and a tunnel has no other machine to share with"
          : "the adapter has no IPv4 address of its own to send from",
        fix: isTunnel(adapter) ? "choose an adapter on a wire" : "give it one", at: part.place)
      return nil
    }
    return Intent.Interface.VirtualRouterMember(
      id: UInt8(id), priority: UInt8(priority), addresses: addresses, preempts: part.preempts,
      accepts: part.accepts,
      macAddress: part.usesVirtualMAC ? .virtualRouter(UInt8(id)) : adapter.macAddress,
      place: part.place)
  }

  private func isTunnel(_ adapter: Intent.Interface) -> Bool {
    guard case .outside(let index) = adapter.attachment else { return false }
    return lab.outside.indices.contains(index) && lab.outside[index].tunnel != nil
  }

  /// The members of a virtual router are different adapters that share the same addresses, and
  /// nobody else has one of these.
  mutating func checkVirtualRouters() {
    for router in intent.virtualRouters {
      var seen: Set<Intent.Owner> = []
      for member in router.members {
        let machine = intent.machines[member.machine]
        let parts = machine.interfaces[member.interface].virtualRouters.filter {
          $0.id == router.id
        }
        if parts.count > 1, seen.insert(member).inserted {
          refuse(
            machine, "\(router.id)", "the adapter is in virtual router \(router.id) twice",
            fix: "name all addresses in one", at: parts[1].place)
        } else if let part = parts.first, Set(part.addresses) != Set(router.addresses) {
          refuse(
            machine, "\(router.id)",
            "\(machine.name) shares other addresses in virtual router \(router.id) than"
              + " \(intent.machines[intent.declaredFirst(in: router)].name)",
            fix: "name the same addresses, or choose another number", at: part.place)
        }
      }
      for address in router.addresses { checkOwner(of: address, sharedBy: router) }
    }
  }

  private mutating func checkOwner(
    of address: IPv4Address, sharedBy router: Intent.VirtualRouter
  ) {
    let network = network(of: router.attachment)
    let others = intent.machines.flatMap { machine in
      machine.interfaces.filter { self.network(of: $0.attachment) == network }.flatMap { adapter in
        let isOwn = adapter.addresses.contains { $0.address == .v4(address) }
        let isOther = adapter.virtualRouters.contains {
          $0.shares(.v4(address)) && ($0.id != router.id || adapter.attachment != router.attachment)
        }
        return isOwn || isOther ? [machine.name] : []
      }
    }
    guard let other = others.first, let first = router.members.first else { return }
    let part = intent.machines[first.machine].interfaces[first.interface].virtualRouters.first {
      $0.id == router.id
    }
    diagnostics.append(
      Diagnostic(
        .duplicateCustomerAddress, value: "\(address)",
        "\(address) of virtual router \(router.id) is already an address of \(other)",
        fix: "share an address that nobody has as its own", at: part?.place))
  }

  /// Outside networks come after the lab's own in the numbering.
  private func network(of attachment: Intent.Interface.Attachment) -> Int {
    switch attachment {
    case .subnet(let index): intent.subnets[index].network
    case .outside(let index): intent.networks.count + index
    }
  }

  private mutating func refuse(
    _ machine: Intent.Machine, _ value: String, _ what: String, fix: String, at place: Place
  ) {
    diagnostics.append(
      Diagnostic(
        .virtualRouterForm, in: .named("machine \(machine.name)"), value: value, what, fix: fix,
        at: place))
  }
}

extension Intent {
  /// The machine that is declared first among a virtual router's, whose word counts.
  fileprivate func declaredFirst(in router: VirtualRouter) -> Int {
    router.members.map(\.machine).min() ?? 0
  }
}
