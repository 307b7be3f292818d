import HNVCore

/// Which machine has each shared address by now: virtual ports, and the parents that have claimed
/// them (ovn-nb(5), Logical_Switch_Port, type virtual).
///
/// A lab's virtual routers become such ports, their members the parents. A parent claims the
/// address when it speaks of it by ARP, without anything being recomputed; at the start the best
/// has it.
final class OVNState: ModelState {
  private var owners: [Key: Adapter] = [:]
  private let parents: [Key: Set<Adapter>]

  private struct Key: Hashable {
    let subnet: Int
    let address: IPAddress
  }

  init(_ intent: Intent, _ adapters: AdapterDirectory) {
    var parents: [Key: Set<Adapter>] = [:]
    for router in intent.virtualRouters {
      guard case .subnet(let subnet) = router.attachment else { continue }
      let members = router.members.compactMap {
        adapters.adapter(on: .adapter(machine: $0.machine, index: $0.interface))
      }
      for address in router.addresses {
        let key = Key(subnet: subnet, address: .v4(address))
        parents[key] = Set(members)
        owners[key] = members.first
      }
    }
    self.parents = parents
  }

  /// The machine's port that has claimed an address of a subnet; `nil` for none.
  func owner(of address: IPAddress, in subnet: Int) -> Adapter? {
    owners[Key(subnet: subnet, address: address)]
  }

  /// Whether an ARP message of a port claims an address that another port has by now.
  func isClaim(_ message: Packet, by adapter: Adapter) -> Bool {
    guard let key = key(of: message, by: adapter) else { return false }
    return owners[key] != adapter
  }

  /// Gives a port the address that its ARP message claims.
  func bind(_ message: Packet, to adapter: Adapter) {
    if let key = key(of: message, by: adapter) { owners[key] = adapter }
  }

  private func key(of message: Packet, by adapter: Adapter) -> Key? {
    guard message.isARP else { return nil }
    let key = Key(subnet: adapter.subnet, address: message.source)
    return parents[key]?.contains(adapter) ?? false ? key : nil
  }
}
