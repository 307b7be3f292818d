import HNVCore

extension IntentReader {
  /// What is wrong between machines, and with a machine's own routes.
  mutating func checkMachines() {
    checkDoubledAddresses()
    for machine in intent.machines {
      for route in machine.routes where !isOnLink(route.via, of: machine) {
        faults.append(
          Fault(
            .gatewayOffLink, in: .named("machine \(machine.name)"), value: "\(route.via)",
            "\(route.via), the way of \(machine.name) to \(route.prefix), is on none of its links",
            at: route.place))
      }
    }
  }

  private func isOnLink(_ address: IPAddress, of machine: Intent.Machine) -> Bool {
    machine.interfaces.contains { interface in
      interface.addresses.contains { $0.onLink.contains(address) }
    }
  }

  private mutating func checkDoubledAddresses() {
    struct Site: Hashable {
      let network: Int
      let address: IPAddress
    }
    struct Adapter: Hashable {
      let attachment: Intent.Interface.Attachment
      let mac: MACAddress
    }
    var owners: [Site: String] = [:]
    var adapters: [Adapter: String] = [:]
    for machine in intent.machines {
      for interface in machine.interfaces {
        // Outside networks come after the lab's own in the numbering of sites.
        let network =
          switch interface.attachment {
          case .subnet(let index): intent.subnets[index].network
          case .outside(let index): intent.networks.count + index
          }
        for address in interface.addresses {
          let site = Site(network: network, address: address.address)
          guard let other = owners.updateValue(machine.name, forKey: site) else { continue }
          faults.append(
            Fault(
              .doubledCustomerAddress, value: "\(address.address)",
              "\(address.address) of \(machine.name) is already the address of \(other)",
              mend: "give one of the two another address", at: address.place))
        }
        let adapter = Adapter(attachment: interface.attachment, mac: interface.macAddress)
        let other = adapters.updateValue(machine.name, forKey: adapter)
        if other != nil || interface.macAddress.isMulticast {
          faults.append(
            Fault(
              .doubledMAC, value: "\(interface.macAddress)",
              other.map { "\(interface.macAddress) is already the MAC address of \($0)" }
                ?? "\(interface.macAddress) is a group address", at: interface.place))
        }
      }
    }
  }
}
