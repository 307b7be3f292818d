import HNVCore

/// What the distributed switch of a host does with frames.
enum NSXSwitchFact: Fact {
  /// The frame's source is not the MAC address of its adapter.
  case forged(adapter: MACAddress)
  case answeredForRouter
  case answeredForMachine
  /// The controller knows the host of the machine with the destination MAC address.
  case located(host: Int, VirtualSubnetID?)

  func step(in scene: Scene) -> Step {
    switch self {
    case .forged(let mac):
      let source = scene.row.map { "\($0.sourceMAC)" } ?? ""
      return Step(
        .dropped, "source MAC \(source) is not that of the adapter (\(mac))",
        entry: scene.intent.port(at: mac), setting: NSXForgedTransmits.rejected.text,
        fix: "accept forged transmits, or send from \(mac)")
    case .answeredForRouter:
      return .answered(
        "the MAC of the distributed router on every host", entry: scene.answeredEntry, in: scene)
    case .answeredForMachine:
      return .answered(
        "from the controller of \(scene.name)", entry: scene.answeredEntry,
        setting: ARPSuppression.on.text, in: scene)
    case .located(let index, let vni):
      let host = scene.intent.hosts[index]
      let (mac, place): (Words, Words) = ("\(scene.destination)", "\(host.name), \(host.address)")
      return Step(
        .resolved, "\(mac) is at \(place)",
        lookup: Step.Lookup(
          table: "the controller's MAC addresses of \(vni.words)", key: mac, match: place),
        entry: Step.Entry(
          .address, "\(mac) at \(place)", at: scene.intent.place(of: scene.destination)))
    }
  }
}
