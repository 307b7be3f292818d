import HNVCore

/// What NSX for vSphere makes of a lab: the same switch, router and firewall on every host, and
/// what the controllers tell them.
///
/// Controllers know which machine runs where at once. The VM that runs routing protocols for a
/// distributed router is no part of this: no packet passes it. A gateway to the outside is a
/// machine of the lab that forwards.
final class NSXNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let settings: NSXSettings
  let segments: Segments
  let adapters: AdapterDirectory
  let filters: [Cable: AccessList]
  /// The distributed logical routers, by network.
  let routers: [DistributedLogicalRouter]
  private let sizes: VXLANSizes
  private let directory: UnderlayDirectory

  init(_ intent: Intent, _ section: NSXSection) {
    var reader = SectionReader(intent)
    settings = NSXSettings(section, &reader)
    segments = Segments(section.vnis, groups: section.groups, &reader)
    self.intent = intent
    adapters = AdapterDirectory(intent)
    filters = AccessList.filters(of: intent, named: "distributed firewall", isStateful: true)
    directory = UnderlayDirectory(intent)
    sizes = VXLANSizes(intent: intent)
    let families = settings.ipv6Routing == .routed ? IPFamily.allCases : [.v4]
    routers = intent.networks.indices.map {
      DistributedLogicalRouter(network: $0, of: intent, families)
    }
    diagnostics =
      reader.diagnostics + sizes.diagnostics()
      + intent.narrowUnderlay(under: 1600, unless: sizes.diagnostics())
      + intent.routesOffLink() + intent.unownedNextHops() + intent.timeoutsLeftOut()
      + (settings.ipv6Routing == .none ? intent.unroutedIPv6() : [])
      + settings.sharedAddressesLeftOut(of: intent)
  }

  func initialState() -> OverlayState {
    // The firewall's state follows a machine that vMotion moves (VMware, NSX design guide).
    OverlayState(intent, segments, adapters, keepsFlows: true)
  }

  func cell(for element: ElementID, sharing state: OverlayState) -> any Cell {
    switch element {
    case .host(let index): ElementCell(NSXHost(index, self, state))
    case .underlay, .machine, .outside, .router, .device: ElementCell(Underlay(directory))
    }
  }

  func mtu(of machine: Int) -> GuestMTU { sizes.mtu(of: machine) }

  /// The network of a subnet.
  func network(of subnet: Int) -> Int { intent.subnets[subnet].network }

  /// The distributed logical router that a subnet is joined to.
  func router(of subnet: Int) -> DistributedLogicalRouter { routers[network(of: subnet)] }
}

extension Intent {
  /// Networks of the underlay that carry less than VMware asks for, where packets fit all the same.
  fileprivate func narrowUnderlay(under least: Int, unless others: [Diagnostic]) -> [Diagnostic] {
    guard hosts.count > 1, let place = hosts.first?.place,
      !others.contains(where: { $0.rule == .underlayMTU })
    else { return [] }
    let all =
      underlay.networks.isEmpty
      ? [(name: "the underlay", mtu: underlay.mtu, place: place)]
      : underlay.networks.map { (name: "network \($0.name)", mtu: $0.mtu, place: $0.place) }
    return all.filter { $0.mtu < least }.map { part in
      Diagnostic(
        .underlayMTU, in: .named(part.name), value: "\(part.mtu)",
        "the MTU of \(part.name) is \(part.mtu); VMware requires \(least)",
        fix: "raise the MTU of \(part.name) to \(least)", at: part.place)
    }
  }

  /// Subnets whose IPv6 no router joins to the others of their network.
  fileprivate func unroutedIPv6() -> [Diagnostic] {
    networks.flatMap { network -> [Diagnostic] in
      let own = network.subnets.filter { index in
        subnets[index].prefixes.contains { $0.family == .v6 }
      }
      let leads = network.routes.contains { $0.prefix.family == .v6 }
      guard own.count > 1 || (leads && !own.isEmpty) else { return [] }
      return own.map { index in
        let prefix = subnets[index].prefixes.first { $0.family == .v6 }
        return Diagnostic(
          .notInModel, in: .named("subnet \(subnets[index].name)"),
          value: prefix.map { "\($0)" } ?? "",
          "the distributed router does not route IPv6: subnet \(subnets[index].name) reaches no"
            + " other subnet over IPv6",
          fix: "forward IPv6 on a machine, or set ipv6Routing: \"routed\" in the nsx section",
          at: subnets[index].place)
      }
    }
  }
}
