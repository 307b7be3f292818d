import HNVCore

/// On which networks of the underlay the machines of one network live.
struct UnderlayPlacement {
  let network: Int
  /// The networks of the underlay, in the order of the machines.
  private(set) var networks: [Int] = []
  /// By network of the underlay, or `nil` where the lab declares none.
  private(set) var sites: [Int?: Site] = [:]

  struct Site {
    var hosts: Set<Int> = []
    /// The largest packet that leaves a host here, encapsulated, and whose it is.
    var largest = 0
    var machine = 0
  }

  /// One for each network of the lab.
  static func all(_ intent: Intent, _ sizes: any OverlaySizes) -> [UnderlayPlacement] {
    var residences = intent.networks.indices.map { UnderlayPlacement(network: $0) }
    for (number, machine) in intent.machines.enumerated() {
      let site = sizes.underlayAddress(of: number).flatMap { intent.underlay.network(of: $0) }
      let size = sizes.bytes(of: number) + sizes.overhead(of: number)
      for network in intent.networks(of: .machine(number)).sorted() {
        residences[network].add(number, on: machine.host, at: site, size)
      }
    }
    return residences
  }

  private mutating func add(_ machine: Int, on host: Int, at site: Int?, _ size: Int) {
    if let site, sites[site] == nil { networks.append(site) }
    sites[site, default: Site()].hosts.insert(host)
    guard size > sites[site]?.largest ?? 0 else { return }
    sites[site]?.largest = size
    sites[site]?.machine = machine
  }
}
