import HNVCore

@testable import HNVSim

/// What the overlays' tests have in common.
enum OverlayLab {
  /// Two networks with the same addresses, each with a machine on the other's hosts.
  static let tenants = Lab("tenants") { lab in
    for host in ["hv1", "hv2"] { lab.host(host) }
    for (number, tenant) in ["blue", "red"].enumerated() {
      lab.network(tenant) { network in
        network.subnet("\(tenant)-front", "10.0.1.0/24")
        network.subnet("\(tenant)-back", "10.1.2.0/24")
      }
      let (one, other) = number == 0 ? ("hv1", "hv2") : ("hv2", "hv1")
      lab.machine("\(tenant)-A", on: one, in: "\(tenant)-front", "10.0.1.11")
      lab.machine("\(tenant)-B", on: other, in: "\(tenant)-front", "10.0.1.12")
      lab.machine("\(tenant)-X", on: other, in: "\(tenant)-back", "10.1.2.11")
    }
  }

  static let models: [any ForwardingModel] = [VXLANModel(), NSXModel()]
}

extension Trace {
  /// The TTL with which the packet came to a machine that forwarded it; `nil` for none.
  func timeToLive(at machine: String) -> String? {
    hops.first { $0.element == machine }?.steps.first { $0.action == .forwarded }?.changes.first?
      .before
  }

  /// How often the packet crossed the underlay.
  var crossings: Int { hops.count { $0.element == "underlay" } }

  /// Everything that an element did with the packet.
  func steps(at element: String) -> [Step] {
    hops.filter { $0.element == element }.flatMap(\.steps)
  }

  /// Where the trace or one of its copies ended, with how.
  var endings: [String: Disposition] {
    copies.reduce(into: [hops.last?.element ?? "": disposition]) { all, copy in
      all.merge(copy.endings) { one, _ in one }
    }
  }
}

extension Wiretap {
  /// From where to where tunnels went, without what routers of the underlay passed on.
  var tunnels: Set<String> {
    Set(log.packets.map { "\($0.source) \($0.destination)" })
  }

  /// The frames inside the tunnels, in order.
  var inner: [EthernetFrame] {
    log.packets.compactMap {
      if case .vxlan(_, let frame) = $0.transport { frame } else { nil }
    }
  }

  /// Puts a frame on a cable as if an element had sent it; gives how its journey ended.
  func inject(
    _ frame: EthernetFrame, on cable: Cable, from element: ElementID
  ) -> (disposition: Disposition?, steps: [Step]) {
    let simulation = Simulation(network, keepingSteps: true)
    let packet = PacketSummary(
      source: .v4(IPv4Address(10, 0, 1, 11)), destination: .v4(IPv4Address(10, 0, 1, 12)),
      text: "injected")
    let number = simulation.begin(.request, of: packet, at: element) {
      let injected = $0.packets.add(frame)
      $0.emit(injected, on: cable)
    }
    simulation.run()
    let trace = Trace(number, of: simulation.log)
    return (simulation.journal.journeys[number].ending?.disposition, trace.hops.flatMap(\.steps))
  }
}
