import HNVCore

/// What let a frame pass a port.
enum HNVPortFact: Fact {
  case allowed(PortFilter.Ground, AccessRule.Direction, port: Int32, HNVSnapshot)
  /// The changes of state have the flow as the frame left it.
  case allowedByFlow(StateChanges, AccessRule.Direction, port: Int32, HNVSnapshot)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .allowed(let ground, let direction, let port, let snapshot):
      HNVExplainer(snapshot, in: scene)?.writeAllowed(by: ground, direction, Int(port), to: &step)
    case .allowedByFlow(let changes, let direction, let port, let snapshot):
      let flow = direction == .outbound ? changes.sender : changes.receiver
      HNVExplainer(snapshot, in: scene)?
        .writeAllowed(by: .state, direction, Int(port), flow, to: &step)
    }
  }
}

/// Words for how the policy of a port treats a frame.
extension HNVExplainer {
  /// The port let the frame pass, by what, and which meter counted it.
  fileprivate func writeAllowed(
    by ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int,
    _ flow: Connection? = nil, to step: inout StepWriter
  ) {
    let filter = router.filter(at: port)
    let hasMeters = router.ports[port].basicRules.contains { $0.action == .meter }
    let meter = hasMeters ? seen(direction, port).flatMap { filter.meter($0, direction) } : nil
    if ground == .nothing {
      writeUnmatched(direction, filter, to: &step)
    } else {
      step.say(.permitted, text(ground, direction, port, flow), " allows the packet")
    }
    if let meter { step.add("; metered by ", text(.basic(meter), direction, port)) }
    guard ground != .nothing else { return }
    writeRuleLookup(ground, direction, port, flow, to: &step)
    writeEntry(ground, direction, port, flow, to: &step)
    step.setting(listSetting(port))
  }

  func writeDenied(
    _ direction: AccessRule.Direction, _ port: Int, _ entry: PortFilter.Entry,
    to step: inout StepWriter
  ) {
    let ground = PortFilter.Ground(entry)
    step.say(.denied, text(ground, direction, port), " denies the packet")
    writeRuleLookup(ground, direction, port, to: &step)
    writeEntry(ground, direction, port, to: &step)
    step.setting(listSetting(port))
    step.fix(fix(entry, direction, port))
  }

  func writeSpoofed(_ address: MACAddress, _ port: Int, to step: inout StepWriter) {
    let port = router.ports[port]
    step.say(
      .dropped, "source MAC ", address, " is not that of ", port.vmName, " (", port.macAddress,
      ")")
    writeEntry(port, to: &step)
    step.fix("send from ", port.macAddress, ", or turn on MacAddressSpoofing")
  }

  func writeGuarded(_ portGuard: PortGuard, _ port: Int, to step: inout StepWriter) {
    let port = router.ports[port]
    let name = port.vmName
    let (parameter, who) =
      switch portGuard {
      case .dhcp: ("DhcpGuard", "a DHCP server")
      case .router: ("RouterGuard", "a router")
      }
    step.say(
      .dropped, parameter, " on the port of ", name, " drops messages that only ", who, " sends")
    writeEntry(port, to: &step)
    step.fix("turn off ", parameter, " if ", name, " is ", who)
  }

  private func writeUnmatched(
    _ direction: AccessRule.Direction, _ filter: PortFilter, to step: inout StepWriter
  ) {
    let (own, word) = (filter.port, direction.rawValue)
    let name = own.vmName
    let entries = own.basicRules.count {
      $0.direction == direction && $0.action != .meter
    }
    let count = filter.rules(direction).count + entries
    if count == 0 {
      step.say(.permitted, "the port of ", name, " has no ", word, " rule")
    } else {
      step.say(.permitted, "none of the ", count, " ", word, " rules of ", name, " matches")
    }
  }

  /// Which rule decided, and which would have decided next.
  private func writeRuleLookup(
    _ ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int,
    _ flow: Connection? = nil, to step: inout StepWriter
  ) {
    guard let frame = seen(direction, port) else { return }
    step.table(direction.rawValue, " rules of ", router.ports[port].vmName)
    if let packet = frame.packet {
      step.key(packet.source, " -> ", packet.destination)
    } else {
      step.key(frame.source, " -> ", frame.destination)
    }
    step.match(text(ground, direction, port, flow))
    for other in router.filter(at: port).notChosen(by: ground, frame, direction) {
      step.notChosen(text(other.ground, direction, port))
      step.why(why(other, beats: ground, direction, port))
    }
  }

  private func why(
    _ notChosen: PortFilter.NotChosen, beats ground: PortFilter.Ground,
    _ direction: AccessRule.Direction, _ port: Int
  ) -> String {
    switch notChosen.cause {
    case .state: return "flow state takes precedence over extended rules"
    case .lessExact:
      return "a more specific basic rule takes precedence, as does an equal one that denies"
    case .agrees: return "it also allows the packet"
    case .lowerWeight:
      guard case .extended(let index) = notChosen.ground else { return "its weight is lower" }
      return "its weight \(router.filter(at: port).rules(direction)[index].weight) is lower"
    case .otherList:
      return if case .basic = ground {
        "the basic list denies, and both lists must allow"
      } else {
        "the extended list takes precedence"
      }
    }
  }

  /// What decided, in words.
  private func text(
    _ ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int,
    _ flow: Connection? = nil
  ) -> String {
    switch ground {
    case .nothing: "no rule"
    case .basic(let index):
      "basic rule \(index + 1) of \(router.ports[port].vmName)"
        + " (\(router.ports[port].basicRules[index].words))"
    case .extended(let index): router.filter(at: port).rules(direction)[index].words
    case .state: "flow state \(flow?.words ?? "")"
    }
  }

  /// What decided, so that a program finds it again; nothing where no rule did.
  private func writeEntry(
    _ ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int,
    _ flow: Connection? = nil, to step: inout StepWriter
  ) {
    switch ground {
    case .nothing: break
    case .basic(let index):
      step.entry(
        .accessRule, "basic rule ", index + 1, " of ", router.ports[port].vmName, ", ",
        direction.rawValue, at: nil)
    case .extended(let index):
      step.entry(
        .accessRule, router.filter(at: port).rules(direction)[index].name, ", ",
        direction.rawValue, at: nil)
    case .state: step.entry(.accessRule, text(ground, direction, port, flow), at: nil)
    }
  }

  private func fix(
    _ entry: PortFilter.Entry, _ direction: AccessRule.Direction, _ port: Int
  ) -> String {
    switch entry {
    case .basic(let index):
      "allow a longer prefix than basic rule \(index + 1) of \(router.ports[port].vmName), or"
        + " remove it"
    case .extended(let index):
      "put an allow rule before \(router.filter(at: port).rules(direction)[index].name), or narrow"
        + " it"
    }
  }

  /// The setting that joins the lists, where the port has both.
  private func listSetting(_ port: Int) -> String? {
    let port = router.ports[port]
    let decides = port.basicRules.contains { $0.action != .meter }
    return decides && !port.accessRules.isEmpty ? settings.accessLists.text : nil
  }

  /// The frame as the port's rules see it: a frame that is delivered bears its receiver's MAC.
  private func seen(_ direction: AccessRule.Direction, _ port: Int) -> EthernetFrame? {
    guard var frame else { return nil }
    if direction == .inbound { frame.destination = router.ports[port].macAddress }
    return frame
  }
}

extension AccessRule {
  /// The rule in words.
  package var words: String {
    var text = "\(name) (\(isStateful ? "stateful " : "")\(action.rawValue) \(direction.rawValue)"
    if let ipProtocol { text += " \(ipProtocol)" }
    if let localPrefix { text += " local \(localPrefix)" }
    if let localPorts { text += " local port \(localPorts.words)" }
    if let remotePrefix { text += " remote \(remotePrefix)" }
    if let remotePorts { text += " remote port \(remotePorts.words)" }
    return text + ")"
  }
}

extension BasicAccessRule {
  /// The entry in words.
  package var words: String {
    let addresses =
      switch self.addresses {
      case .ip(let prefix): "\(prefix)"
      case .anyIP: "any IP address"
      case .mac(let address): "\(address)"
      case .anyMAC: "any MAC address"
      }
    return "\(action.rawValue) \(direction.rawValue) \(side.rawValue) \(addresses)"
  }
}

extension Connection {
  /// The flow in words, and how long it lives without a packet.
  fileprivate var words: String {
    let hasPorts = key.ipProtocol == .tcp || key.ipProtocol == .udp
    let (local, remote) =
      hasPorts ? (" port \(key.localPort)", " port \(key.remotePort)") : ("", "")
    return "\(key.ipProtocol) local \(key.local)\(local) remote \(key.remote)\(remote)"
      + " (idle timeout \(idleSessionTimeout)s)"
  }
}

extension ClosedRange<UInt16> {
  fileprivate var words: String {
    lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)"
  }
}
