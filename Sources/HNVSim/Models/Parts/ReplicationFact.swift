import HNVCore

/// Who gets copies of a frame; a single receiver gets the frame itself.
struct ReplicationFact: Fact {
  let reason: Reason
  let receivers: SegmentSwitch.Receivers
  /// The setting that decides who gets copies.
  let setting: (any ModelSetting)?
  let vni: VirtualSubnetID?
  /// The group of the underlay that stands for the segment.
  let group: IPAddress

  /// Why a frame goes to everyone.
  enum Reason {
    /// Its destination is a group address.
    case group
    /// Nobody has told or taught where its destination is.
    case unknown
    /// No port has its destination.
    case noPort
  }

  func write(to step: inout StepWriter, in scene: Scene) {
    let why = why(scene.destination)
    switch receivers.count {
    case 0:
      step.say(.dropped, why, ", and ", vni.words, " has no other receiver")
      step.setting(setting?.text)
      step.fix("send to the address of a machine in the subnet")
    case 1:
      step.say(.forwarded, why, ": to ", names(scene.intent))
      step.setting(setting?.text)
    default:
      step.say(.replicated, why, ": copies to ", names(scene.intent))
      step.setting(setting?.text)
    }
  }

  private func why(_ destination: MACAddress) -> String {
    switch reason {
    case .group: "\(destination) is a group address"
    case .unknown: "\(destination) is unknown"
    case .noPort: "no port has \(destination)"
    }
  }

  private func names(_ intent: Intent) -> String {
    let ports = receivers.ports.map { intent.machines[$0.machine].name }
    let hosts = receivers.hosts.map { intent.hosts[$0].name }
    return (ports + hosts + (receivers.group ? ["the group \(group)"] : []))
      .joined(separator: ", ")
  }
}
