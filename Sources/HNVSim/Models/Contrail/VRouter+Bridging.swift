import HNVCore

/// Frames go to whoever has their destination MAC address in the subnet, unchanged.
extension VRouter {
  /// Bridges a machine's frame.
  func bridge(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    guard let receiver = directory.adapter(with: frame.destination, in: adapter.subnet) else {
      return miss(frame, from: adapter, in: context)
    }
    context.note(
      VRouterBridgingFact.bridged(
        to: receiver.machine, subnet: adapter.subnet,
        settings.decision(ofNetwork: network(of: adapter))), frame)
    guard !ports.has(receiver, in: context) else {
      return hand(frame, to: receiver, in: context)
    }
    let other = context.wiring.host(of: receiver.machine)
    send(frame, as: .frame(receiver), from: adapter, to: other, in: context)
  }

  private func miss(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    let floods = settings.networks[network(of: adapter)].floodUnknownUnicast
    guard floods == .off else { return flood(frame, from: adapter, in: context) }
    context.drop(
      .foreignMAC,
      VRouterBridgingFact.foreignMAC(sender: adapter.machine, subnet: adapter.subnet), frame)
  }

  /// Sends a frame to all machines of the sender's subnet: a copy for each here, and one for each
  /// other host that has any.
  func flood(_ frame: EthernetFrame, from adapter: Adapter, in context: Context) {
    let network = network(of: adapter)
    guard settings.era == .routing || settings.networks[network].mode != .routing else {
      context.drop(
        .notCarried, VRouterFloodFact.routesOnly(settings.decision(ofNetwork: network)), frame)
      return
    }
    let others = directory.adapters(in: adapter.subnet).filter { $0 != adapter }
    let local = others.filter { ports.has($0, in: context) }
    let hosts = Set(others.map { context.wiring.host(of: $0.machine) }).subtracting([ports.host])
    guard !others.isEmpty else {
      context.drop(.noReceivers, VRouterFloodFact.noOthers(subnet: adapter.subnet), frame)
      return
    }
    let copies = copies(
      local.count + hosts.count, of: frame,
      .flooded(subnet: adapter.subnet, here: local.count, hosts: hosts.count), in: context)
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
