import HNVCore

/// Frames go to whoever has their destination MAC address in the subnet, unchanged.
extension VRouter {
  /// Bridges a machine's frame.
  func bridge(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    let subnet = intent.subnets[adapter.subnet]
    let table = "MAC addresses of subnet \(subnet.name)"
    guard let receiver = directory.adapter(with: frame.destination, in: adapter.subnet) else {
      return miss(frame, table, from: adapter, in: context)
    }
    let name = name(of: receiver)
    context.note(
      Step(
        .resolved, "\(frame.destination) is the interface of \(name)",
        lookup: Step.Lookup(
          table: table, key: "\(frame.destination)",
          match: "\(frame.destination) to the interface of \(name)"),
        setting: settings.word(ofNetwork: subnet.network)))
    guard !ports.has(receiver, in: context) else {
      return hand(frame, to: receiver, in: context)
    }
    let other = context.wiring.host(of: receiver.machine)
    send(frame, as: .frame(receiver), from: adapter, to: other, in: context)
  }

  private func miss(
    _ frame: EthernetFrame, _ table: String, from adapter: Adapter, in context: Context
  ) {
    let floods = settings.networks[network(of: adapter)].floodUnknownUnicast
    guard floods == .off else { return flood(frame, from: adapter, in: context) }
    context.drop(
      .foreignMAC,
      Step(
        .dropped, "no machine in the subnet has \(frame.destination)",
        lookup: Step.Lookup(table: table, key: "\(frame.destination)", match: nil),
        setting: "floodUnknownUnicast=off",
        fix: "correct the static entry of \(name(of: adapter)), or flood unknown MAC addresses"))
  }

  /// Sends a frame to all machines of the sender's subnet: a copy for each here, and one for each
  /// other host that has any.
  func flood(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    let network = network(of: adapter)
    guard settings.era == .routing || settings.networks[network].mode != .routing else {
      context.drop(
        .notCarried,
        Step(
          .dropped, "the network only routes, and drops broadcast and multicast",
          setting: settings.word(ofNetwork: network), fix: "set mode: l2_l3"))
      return
    }
    let others = directory.adapters(in: adapter.subnet).filter { $0 != adapter }
    let local = others.filter { ports.has($0, in: context) }
    let hosts = Set(others.map { context.wiring.host(of: $0.machine) }).subtracting([ports.host])
    let name = intent.subnets[adapter.subnet].name
    guard !others.isEmpty else {
      context.drop(
        .noReceivers, "no other machine is in subnet \(name)", fix: "add a machine to \(name)")
      return
    }
    let copies = copies(
      local.count + hosts.count, of: name,
      "\(local.count) on this host, \(hosts.count) to other"
        + " hosts",
      in: context)
    for (receiver, copy) in zip(local, copies) { hand(frame, to: receiver, in: copy) }
    for (host, copy) in zip(hosts.sorted(), copies.dropFirst(local.count)) {
      send(frame, as: .flood(subnet: adapter.subnet), from: adapter, to: host, in: copy)
    }
  }

  /// Applies the receiver's policy, and delivers the frame.
  func hand(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    guard passesPolicy(frame, .inbound, of: receiver, in: context) else { return }
    ports.deliver(frame, to: receiver, in: context)
  }
}
