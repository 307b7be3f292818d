import HNVCore

/// A machine's adapter in a subnet, as models find it by its addresses.
struct Adapter: Hashable, Sendable {
  let machine: Int
  /// Its position among the machine's.
  let index: Int
  let macAddress: MACAddress
  /// The subnet, by its position in the intent.
  let subnet: Int

  var cable: Cable { .adapter(machine: machine, index: index) }
}

/// Whose adapters the addresses of a lab's subnets are; none of it changes while an experiment
/// runs.
///
/// Two networks may use one address; two subnets of one network may not.
struct AdapterDirectory: Sendable {
  /// Every adapter that is in a subnet, in declared order.
  private(set) var all: [Adapter] = []
  private var byMAC: [Key<MACAddress>: Adapter] = [:]
  private var byAddress: [Key<IPAddress>: Adapter] = [:]
  private var byCable: [Cable: Adapter] = [:]
  private var bySubnet: [Int: [Adapter]] = [:]

  private struct Key<Address: Hashable & Sendable>: Hashable, Sendable {
    /// The subnet for a MAC address, the network for an IP address.
    let scope: Int
    let address: Address
  }

  init(_ intent: Intent) {
    for (machine, typed) in intent.machines.enumerated() {
      for (index, interface) in typed.interfaces.enumerated() {
        guard let subnet = intent.subnet(of: interface) else { continue }
        let adapter = Adapter(
          machine: machine, index: index, macAddress: interface.macAddress, subnet: subnet)
        all.append(adapter)
        byCable[adapter.cable] = adapter
        bySubnet[subnet, default: []].append(adapter)
        let mac = Key(scope: subnet, address: interface.macAddress)
        if byMAC[mac] == nil { byMAC[mac] = adapter }
        for address in interface.addresses {
          let key = Key(scope: intent.subnets[subnet].network, address: address.address)
          if byAddress[key] == nil { byAddress[key] = adapter }
        }
      }
    }
  }

  /// The adapter at the machine's end of a cable; `nil` for any other cable.
  func adapter(on cable: Cable) -> Adapter? { byCable[cable] }

  /// The adapter that has a MAC address in a subnet.
  func adapter(with mac: MACAddress, in subnet: Int) -> Adapter? {
    byMAC[Key(scope: subnet, address: mac)]
  }

  /// The adapter that has an address in a network.
  func adapter(at address: IPAddress, inNetwork network: Int) -> Adapter? {
    byAddress[Key(scope: network, address: address)]
  }

  /// The adapters of a subnet, in declared order.
  func adapters(in subnet: Int) -> [Adapter] { bySubnet[subnet] ?? [] }
}

extension Intent {
  /// The subnet of a network whose prefix covers an address; `nil` for none.
  func subnet(covering address: IPAddress, inNetwork network: Int) -> Int? {
    networks[network].subnets.first { subnet in
      subnets[subnet].prefixes.contains { $0.contains(address) }
    }
  }

  /// The address that the platform's router has in a subnet, for each family.
  func routerAddresses(of subnet: Int) -> [IPAddress] {
    subnets[subnet].prefixes.gatewayAddresses
  }

  /// The router address of a subnet that a machine with an address would use; `nil` for none.
  func routerAddress(of subnet: Int, near address: IPAddress) -> IPAddress? {
    let prefixes = subnets[subnet].prefixes.filter { $0.family == address.family }
    return (prefixes.first { $0.contains(address) } ?? prefixes.first)?.gatewayAddress
  }
}
