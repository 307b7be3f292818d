import HNVCore

/// What a member of a virtual router tells others, or does with what it is told.
enum VirtualRouterFact: Fact {
  case advertises
  /// Its own priority, and whether it was and is the active router.
  case hears(priority: UInt8, wasActive: Bool, isActive: Bool)
  case announces(IPv4Address, at: MACAddress)
  indirect case learns(IPAddress, at: MACAddress)
  /// The packet is for a shared address that the member does not have for itself.
  case declines(id: UInt8, IPv4Address, isActive: Bool)

  func write(to step: inout StepWriter, in scene: Scene) {
    let name = scene.name
    switch self {
    case .announces(let address, let mac):
      step.say(.originated, address, " is-at ", mac, " (gratuitous ARP)")
    case .learns(let address, let mac):
      step.say(.learned, name, " learns ", address, " is-at ", mac, " (gratuitous ARP)")
    case .advertises:
      guard let advertisement = scene.advertisement else { return step.sayNothing() }
      step.say(.originated, name, " is active for ", advertisement.addresses.words, " (VRRP)")
    case .hears(let priority, let wasActive, let isActive):
      guard let packet = scene.packet, let advertisement = scene.advertisement
      else { return step.sayNothing() }
      step.say(
        .accepted, name, " ", wasActive == isActive ? "stays" : "becomes", " ",
        isActive ? "active" : "a backup", " in virtual router ", advertisement.virtualRouterID,
        ": ", packet.source, " has priority ", advertisement.priority, ", ", name, " ", priority)
    case .declines(let id, let own, let isActive):
      guard let destination = scene.packet?.destination else { return step.sayNothing() }
      if isActive {
        step.say(
          .dropped, name, " forwards for ", destination, ", but does not accept packets to it")
        step.fix("send to ", own, ", or set accept: true for virtual router ", id)
      } else {
        step.say(
          .dropped, name, " is a backup in virtual router ", id, " and does not hold ", destination)
        step.fix("send to the active machine")
      }
    }
  }
}

extension Scene {
  fileprivate var advertisement: VRRPAdvertisement? {
    if case .vrrp(let advertisement) = packet?.transport { advertisement } else { nil }
  }
}

extension [IPv4Address] {
  /// The addresses that a virtual router shares.
  var words: String { map { "\($0)" }.joined(separator: ", ") }
}
