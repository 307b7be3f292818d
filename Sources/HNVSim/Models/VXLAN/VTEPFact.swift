import HNVCore

/// What a VTEP does with a frame, and what it knows of the addresses in it.
enum VTEPFact: Fact {
  /// Where the frame's sender is.
  case learned(Place, VirtualSubnetID?)
  /// Where the frame's receiver is; `nil` where nobody has taught or told it.
  case resolved(Place?, VirtualSubnetID?, isTold: Bool)
  /// The host answered in the name of the target.
  case suppressed
  /// The frame lost its VLAN tag.
  case stripped
  /// The frame in a tunnel has a VLAN tag.
  case tagged

  /// Where a MAC address is.
  enum Place {
    case port(machine: Int)
    case host(Int)
  }

  func step(in scene: Scene) -> Step {
    switch self {
    case .learned(let place, let vni):
      let mac = scene.row.map { "\($0.sourceMAC)" } ?? ""
      return Step(.learned, "\(mac) of \(vni.words) is \(place.words(scene.intent))")
    case .resolved(let place, let vni, let isTold):
      let words: Words? = place.map { "\($0.words(scene.intent))" }
      return Step(
        .resolved, "\(scene.destination) is \(words ?? "not learned")",
        lookup: Step.Lookup(
          table: "MAC addresses of \(vni.words) on \(scene.name)", key: "\(scene.destination)",
          match: words),
        entry: place?.entry(scene.destination, isTold: isTold, scene.intent),
        setting: isTold ? ARPSuppression.on.text : nil)
    case .suppressed:
      return .answered(
        "from the control plane of \(scene.name)", entry: scene.answeredEntry,
        setting: ARPSuppression.on.text, in: scene)
    case .stripped:
      let tag = scene.before?.tag.map { "\($0.identifier)" } ?? ""
      return Step(.rewritten, "VLAN tag \(tag) removed", changes: scene.changes)
    case .tagged:
      return Step(
        .dropped, "the inner frame has a VLAN tag, so the VTEP drops it",
        fix: "send frames without a tag")
    }
  }
}

extension VTEPFact.Place {
  init(_ place: MACTable.Place) {
    self =
      switch place {
      case .port(let adapter): .port(machine: adapter.machine)
      case .host(let host): .host(host)
      }
  }

  /// The entry that says that a MAC address is here; the lab says what is told, and what is at
  /// the host's own ports.
  func entry(_ mac: MACAddress, isTold: Bool, _ intent: Intent) -> Step.Entry {
    let said: HNVCore.Place? =
      switch self {
      case .port(let machine): intent.place(of: mac, among: [machine])
      case .host: isTold ? intent.place(of: mac) : nil
      }
    return Step.Entry(.address, "\(mac) \(words(intent))", at: said)
  }

  func words(_ intent: Intent) -> String {
    switch self {
    case .port(let machine): "at the port of \(intent.machines[machine].name)"
    case .host(let host): "at \(intent.hosts[host].name), \(intent.hosts[host].address)"
    }
  }
}
