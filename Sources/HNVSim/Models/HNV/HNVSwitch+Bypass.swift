import HNVCore

/// Ports without a virtual subnet: HNV leaves their frames to the switch, which bridges them among
/// themselves and onto the physical network (Microsoft's two-tenant sample).
extension HNVSwitch {
  /// Bridges a frame from such a port.
  func bypass(
    _ frame: EthernetFrame, from port: Int, _ words: HNVWords, in context: Context
  ) {
    let others = Self.plainPorts(of: words.router).filter { $0 != port }
    context.note(words.bypassed(port))
    guard frame.destination.isMulticast else {
      let receiver = others.first { words.router.ports[$0].macAddress == frame.destination }
      guard let receiver else { return context.emit(frame, on: .uplink(host: host)) }
      return deliver(frame, to: words.router.ports[receiver], words, in: context)
    }
    context.finish(
      .replicated, Step(.replicated, "copies for ports without a VSID, on this host and others"))
    for other in others {
      deliver(frame, to: words.router.ports[other], words, in: context.copy())
    }
    context.copy().emit(frame, on: .uplink(host: host))
  }

  /// Takes a plain frame from the physical network; `false` when no port here is meant.
  func takePlain(_ frame: EthernetFrame, _ words: HNVWords, in context: Context) -> Bool {
    let ports = Self.plainPorts(of: words.router).filter {
      frame.destination.isMulticast || words.router.ports[$0].macAddress == frame.destination
    }
    guard let first = ports.first else { return false }
    guard ports.count > 1 else {
      deliver(frame, to: words.router.ports[first], words, in: context)
      return true
    }
    context.finish(
      .replicated, Step(.replicated, "copies for the ports without a VSID"))
    for port in ports { deliver(frame, to: words.router.ports[port], words, in: context.copy()) }
    return true
  }

  private static func plainPorts(of router: HostRouter) -> [Int] {
    router.ports.indices.filter { router.ports[$0].virtualSubnetID == nil }
  }
}
