import HNVCore

/// What the distributed switch of a host does with frames.
enum NSXSwitchFact: Fact {
  /// The frame's source is not the MAC address of its adapter.
  case forged(adapter: MACAddress)
  case answeredForRouter
  case answeredForMachine
  /// The controller knows the host of the machine with the destination MAC address.
  case located(host: Int, VirtualSubnetID?)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .forged(let mac):
      step.say(
        .dropped, "source MAC ", scene.row?.sourceMAC, " is not that of the adapter (", mac, ")")
      scene.intent.writePort(at: mac, to: &step)
      step.setting(NSXForgedTransmits.rejected.text)
      step.fix("accept forged transmits, or send from ", mac)
    case .answeredForRouter:
      step.sayAnswered("the MAC of the distributed router on every host", in: scene)
      scene.writeAnsweredEntry(to: &step)
    case .answeredForMachine:
      step.sayAnswered("from the controller of \(scene.name)", in: scene)
      scene.writeAnsweredEntry(to: &step)
      step.setting(ARPSuppression.on.text)
    case .located(let index, let vni):
      let host = scene.intent.hosts[index]
      let (mac, place) = (scene.destination, Phrases(host.name, ", ", host.address))
      step.say(.resolved, mac, " is at ", place)
      step.table("the controller's MAC addresses of ", vni.words)
      step.key(mac)
      step.match(place)
      step.entry(.address, mac, " at ", place, at: scene.intent.place(of: scene.destination))
    }
  }
}
