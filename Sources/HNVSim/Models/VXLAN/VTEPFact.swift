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

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .learned(let place, let vni):
      step.say(
        .learned, scene.row?.sourceMAC, " of ", vni.words, " is ", place.words(scene.intent))
    case .resolved(let place, let vni, let isTold):
      let words = place?.words(scene.intent)
      step.say(.resolved, scene.destination, " is ", words ?? "not learned")
      step.table("MAC addresses of ", vni.words, " on ", scene.name)
      step.key(scene.destination)
      if let words { step.match(words) }
      place?.writeEntry(scene.destination, isTold: isTold, scene.intent, to: &step)
      step.setting(isTold ? ARPSuppression.on.text : nil)
    case .suppressed:
      step.sayAnswered("from the control plane of \(scene.name)", in: scene)
      scene.writeAnsweredEntry(to: &step)
      step.setting(ARPSuppression.on.text)
    case .stripped:
      step.say(.rewritten, "VLAN tag ", scene.rowBefore?.tag?.identifier, " removed")
      step.changes(in: scene)
    case .tagged:
      step.say(.dropped, "the inner frame has a VLAN tag, so the VTEP drops it")
      step.fix("send frames without a tag")
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
  fileprivate func writeEntry(
    _ mac: MACAddress, isTold: Bool, _ intent: Intent, to step: inout StepWriter
  ) {
    let said: HNVCore.Place? =
      switch self {
      case .port(let machine): intent.place(of: mac, among: [machine])
      case .host: isTold ? intent.place(of: mac) : nil
      }
    step.entry(.address, mac, " ", words(intent), at: said)
  }

  func words(_ intent: Intent) -> String {
    switch self {
    case .port(let machine): "at the port of \(intent.machines[machine].name)"
    case .host(let host): "at \(intent.hosts[host].name), \(intent.hosts[host].address)"
    }
  }
}
