import HNVCore

/// Virtual routers: VRRP advertisements, and the traffic that the active router receives.
extension NetworkStack {
  /// The parts of a machine's links in virtual routers, as if the network had been up: the best
  /// member of each is active, and has nothing left to announce.
  static func virtualRouters(of machine: Int, in intent: Intent) -> [VirtualRouter] {
    var parts: [VirtualRouter] = []
    for (link, interface) in intent.machines[machine].interfaces.enumerated() {
      guard let address = interface.primaryAddress else { continue }
      let own = Intent.Owner(machine: machine, interface: link)
      for part in interface.virtualRouters {
        let router = intent.virtualRouters.first {
          $0.attachment == interface.attachment && $0.id == part.id
        }
        parts.append(
          VirtualRouter(
            link: link, part, primaryAddress: address, isActive: router?.members.first == own))
      }
    }
    return parts
  }

  mutating func start(in world: inout World) {
    for number in virtualRouters.indices {
      // The active router advertises at once; a backup waits for its advertisement.
      let router = virtualRouters[number]
      attend(number, for: router.isActive ? .zero : router.delay, in: &world)
    }
  }

  private mutating func attend(_ number: Int, for delay: VirtualTime, in world: inout World) {
    let round = virtualRouters[number].wait()
    world.wake(after: delay, .virtualRouter(number, round: round))
  }

  /// The time of a virtual router's next advertisement has come, its own or another's.
  mutating func wake(_ number: Int, round: Int, in world: inout World) {
    guard virtualRouters[number].round == round else { return }
    perform(virtualRouters[number].wake(), number, in: &world)
    attend(number, for: virtualRouters[number].delay, in: &world)
  }

  private mutating func perform(
    _ consequence: VirtualRouter.Consequence, _ number: Int, in world: inout World
  ) {
    switch consequence {
    case .none: break
    case .resign:
      world.following(-1) { $0.tell("\(name) releases \(shared(number)) (VRRP)") }
    case .advertise:
      let isFirst = world.now == .zero
      advertise(
        number, isFirst ? "\(name) is active for \(shared(number)) (VRRP)" : nil, in: &world)
    case .takeOver:
      advertise(number, "\(name) takes over \(shared(number)) (VRRP)", in: &world)
      announce(number, in: &world)
    }
  }

  private func shared(_ number: Int) -> String {
    virtualRouters[number].terms.addresses.words
  }

  private mutating func advertise(_ number: Int, _ loggedEvent: String?, in world: inout World) {
    let (link, terms) = (virtualRouters[number].link, virtualRouters[number].terms)
    let group = IPAddress.v4(VRRPAdvertisement.group)
    guard
      let packet = world.packets.add(
        from: .v4(virtualRouters[number].primaryAddress), to: group,
        timeToLive: VRRPAdvertisement.timeToLive,
        .vrrp(
          VRRPAdvertisement(
            virtualRouterID: terms.id, priority: terms.priority, addresses: terms.addresses)))
    else { return }
    let frame = world.packets.changing(packet) {
      $0.readdress(from: terms.macAddress, to: .group(group))
    }
    world.following(world.begin(.announcement, of: frame)) { world in
      world.note(VirtualRouterFact.advertises, frame)
      if let loggedEvent { world.tell(loggedEvent) }
      world.sent(frame)
      transmit(frame, on: link, in: &world)
    }
  }

  /// Tells everyone on the link who has the addresses by now, so that bridges find the way and
  /// neighbours the MAC address (RFC 9568, section 6.4.2: a gratuitous ARP for each address).
  private mutating func announce(_ number: Int, in world: inout World) {
    let (link, terms) = (virtualRouters[number].link, virtualRouters[number].terms)
    for address in terms.addresses {
      let frame = world.packets.add(announcementOf: .v4(address), at: terms.macAddress)
      let announcing = world.begin(
        .announcement,
        of: PacketSummary(
          source: .v4(address), destination: .v4(address), text: "gratuitous ARP for \(address)"))
      world.following(announcing) { world in
        world.note(VirtualRouterFact.announces(address, at: terms.macAddress), frame)
        world.sent(frame)
        transmit(frame, on: link, in: &world)
      }
    }
  }

  /// Takes an advertisement for a virtual router of the link; `false` for any other packet, and for
  /// one that was forwarded (RFC 9568, section 7.1).
  mutating func hears(_ packet: PacketID, on link: Int, in world: inout World) -> Bool {
    let row = world.packets[packet]
    guard row.ipProtocol == .vrrp, row.timeToLive == VRRPAdvertisement.timeToLive,
      row.destination == .v4(VRRPAdvertisement.group), case .v4(let sender) = row.source,
      case .vrrp(let advertisement) = world.packets.transport(of: packet),
      let number = virtualRouters.firstIndex(where: {
        $0.link == link && $0.terms.id == advertisement.virtualRouterID
      })
    else { return false }
    let wasActive = virtualRouters[number].isActive
    let (consequence, delay) = virtualRouters[number].hear(advertisement, from: sender)
    let router = virtualRouters[number]
    world.finish(
      .absorbed,
      VirtualRouterFact.hears(
        priority: router.terms.priority, wasActive: wasActive, isActive: router.isActive), packet)
    perform(consequence, number, in: &world)
    if let delay { attend(number, for: delay, in: &world) }
    return true
  }

  /// The MAC address at which the stack has an address of a link; `nil` where it does not have
  /// it, or not now.
  func macAddress(of address: IPAddress, on link: Int) -> MACAddress? {
    if links[link].has(address) { return links[link].macAddress }
    return virtualRouters.first {
      $0.link == link && $0.isActive && $0.terms.shares(address)
    }?.terms.macAddress
  }

  /// Whether frames to a MAC address are for the stack: the link's own, or that of a virtual
  /// router in which it is active.
  func takes(_ mac: MACAddress, on link: Int) -> Bool {
    mac == links[link].macAddress
      || virtualRouters.contains {
        $0.link == link && $0.isActive && $0.terms.macAddress == mac
      }
  }

  /// The virtual router of which the stack is a backup, by its MAC address; `nil` for none.
  func backup(of mac: MACAddress, on link: Int) -> VirtualRouter? {
    virtualRouters.first { $0.link == link && !$0.isActive && $0.terms.macAddress == mac }
  }

  /// Whether an address is a shared one that the stack does not have for itself: as a backup, or
  /// because it only forwards for others (RFC 9568, section 6.1, Accept_Mode).
  func declines(_ address: IPAddress, on link: Int) -> VirtualRouter? {
    virtualRouters.first {
      $0.link == link && $0.terms.shares(address) && !($0.isActive && $0.terms.accepts)
    }
  }

  /// Drops a packet for a shared address that is not the stack's own.
  mutating func drop(_ packet: PacketID, declinedBy router: VirtualRouter, in world: inout World) {
    world.drop(
      .notForwarding,
      VirtualRouterFact.declines(
        id: router.terms.id, router.primaryAddress, isActive: router.isActive), packet)
  }

  /// Corrects what the neighbour cache knows of an address (RFC 826: only of one that it has).
  mutating func hear(
    announced address: IPAddress, at mac: MACAddress, on link: Int, in world: inout World
  ) -> Bool {
    let key = NeighborKey(link: link, address: address)
    guard let known = neighbors[key] else { return false }
    world.finish(.absorbed, VirtualRouterFact.learns(address, at: mac))
    neighbors[key] = .reachable(mac, until: world.now + Self.reachableTime)
    if case .incomplete(let waiting) = known {
      release(waiting, to: address, mac, on: link, in: &world)
    }
    return true
  }
}
