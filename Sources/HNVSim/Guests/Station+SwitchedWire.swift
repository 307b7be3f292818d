import HNVCore

/// A wire of an outside network on which machines share addresses: a switch that learns by which
/// cable a MAC address is reached, and gives everyone what is for everyone.
extension Station {
  /// Carries a frame on to the other machines on the wire; gives the packet that is for the station
  /// as well, or `nil`.
  func pass(
    _ frame: EthernetFrame, from cable: Cable, on link: Int, in context: Context
  ) -> Context? {
    guard links[link].isSwitched else { return context }
    places[frame.source] = cable
    let others = links[link].cables.map(\.cable).filter { $0 != cable }
    guard frame.destination != links[link].macAddress, !others.isEmpty else { return context }
    if let known = place(of: frame.destination, on: link), known != cable {
      context.note(WireFact.relayed)
      context.emit(frame, on: known)
      return nil
    }
    copy(frame, to: others, in: context)
    return frame.destination.isMulticast ? context.copy() : nil
  }

  /// Puts a frame of the station's own on the wire.
  func spread(_ frame: EthernetFrame, on link: Int, in context: Context) {
    let peers = links[link].cables.map(\.cable)
    let known = place(of: frame.destination, on: link)
    guard let only = known ?? (peers.count == 1 ? peers.first : nil) else {
      return copy(frame, to: peers, in: context)
    }
    context.emit(frame, on: only)
  }

  private func copy(_ frame: EthernetFrame, to cables: [Cable], in context: Context) {
    context.finish(.replicated, WireFact.flooded)
    for cable in cables { context.copy().emit(frame, on: cable) }
  }

  private func place(of mac: MACAddress, on link: Int) -> Cable? {
    guard !mac.isMulticast else { return nil }
    return places[mac] ?? links[link].cables.first { $0.macAddress == mac }?.cable
  }
}
