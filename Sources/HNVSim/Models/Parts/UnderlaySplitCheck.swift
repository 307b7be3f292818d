import HNVCore

/// Finds networks of the underlay that no router joins although they have to reach one another.
struct UnderlaySplitCheck {
  let intent: Intent
  let sizes: any OverlaySizes

  private var underlay: Intent.Underlay { intent.underlay }

  /// Hosts with machines of one network reach one another by routers.
  func diagnostics() -> [Diagnostic] {
    guard underlay.networks.count > 1 else { return [] }
    let areas = UnderlayRouting(underlay).areas
    var diagnostics: [Diagnostic] = []
    var said: Set<Int> = []
    for residence in UnderlayPlacement.all(intent, sizes) {
      for family in IPFamily.allCases {
        let networks = residence.networks.filter {
          underlay.networks[$0].prefix.family == family
        }
        guard let first = networks.first else { continue }
        for network in networks.dropFirst()
        where areas[network] != areas[first] && said.insert(network).inserted {
          let (here, there) = (underlay.networks[first], underlay.networks[network])
          diagnostics.append(
            Diagnostic(
              .underlaySplit, in: .named("network \(there.name)"), value: there.name,
              "no router connects network \(there.name) to network \(here.name), and hosts in both"
                + " have machines of \(intent.networks[residence.network].name)",
              at: there.place))
        }
      }
    }
    return diagnostics
  }
}
