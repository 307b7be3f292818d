import HNVCore

/// What the switch of a host has in every overlay that carries frames in VXLAN: ports with filters,
/// tunnels to other hosts, and copies for many.
final class SegmentSwitch {
  let ports: HostPorts
  let segments: Segments
  let adapters: AdapterDirectory
  /// The filters of adapters that have rules.
  let filters: [Cable: AccessList]

  var host: Int { ports.host }

  init(
    _ host: Int, in intent: Intent, _ segments: Segments, _ adapters: AdapterDirectory,
    filters: [Cable: AccessList]
  ) {
    ports = HostPorts(host, in: intent)
    self.segments = segments
    self.adapters = adapters
    self.filters = filters
  }

  /// A frame that came out of a tunnel.
  struct Arrival {
    let frame: EthernetFrame
    let subnet: Int
    /// The host that sent it, and its address on the underlay.
    let sender: Int?
    let source: IPAddress
    /// The address on the underlay that it was sent to: this host's own, or a group.
    let target: IPAddress
  }

  /// Who gets copies of a frame.
  struct Receivers {
    var ports: [Adapter] = []
    var hosts: [Int] = []
    /// Whether the group of the segment gets one, for all hosts that have joined it.
    var group = false

    var count: Int { ports.count + hosts.count + (group ? 1 : 0) }
  }

  /// The VNI of a subnet in words.
  func name(of subnet: Int) -> String { segments.vni(of: subnet).map { "VNI \($0)" } ?? "a VNI" }

  /// The adapters of a subnet on this host, but for one.
  func locals(in subnet: Int, but other: Adapter? = nil, in context: Context) -> [Adapter] {
    adapters.adapters(in: subnet).filter { $0 != other && ports.has($0, in: context) }
  }

  /// The other hosts with a machine in a subnet.
  func peers(in subnet: Int, in context: Context) -> [Int] {
    let members = (context.state as? OverlayState)?.members(of: subnet) ?? []
    return members.filter { $0 != host }
  }

  /// Asks the filter of an adapter; what it denies is lost here.
  func passes(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, at adapter: Adapter,
    in context: Context
  ) -> Bool {
    guard let filter = filters[adapter.cable] else { return true }
    let known = (context.state as? OverlayState)?.flows[adapter.machine] ?? []
    var flows = known
    let passes = filter.passes(frame, direction, &flows, in: context)
    if flows != known {
      context.update { (state: inout OverlayState) in state.flows[adapter.machine] = flows }
    }
    return passes
  }

  /// Hands a frame to an adapter, if its filter lets it pass.
  func deliver(_ frame: EthernetFrame, to adapter: Adapter, in context: Context) {
    guard passes(frame, .inbound, at: adapter, in: context) else { return }
    ports.deliver(frame, to: adapter, in: context)
  }

  /// Sends a frame of a subnet to another host.
  func tunnel(_ frame: EthernetFrame, in subnet: Int, to other: Int, in context: Context) {
    guard let (transport, name) = encapsulated(frame, in: subnet) else { return }
    ports.tunnel(transport, name, to: other, in: context)
  }

  private func encapsulated(_ frame: EthernetFrame, in subnet: Int) -> (Transport, String)? {
    guard let vni = segments.vni(of: subnet) else { return nil }
    // RFC 7348, section 5: a hash of the inner headers, in the range of dynamic ports.
    let port = 49152 | (frame.packet?.flowHash ?? 0) & 0x3fff
    return (.vxlan(VXLANHeader(virtualSubnetID: vni, sourcePort: port), frame), "VXLAN, VNI \(vni)")
  }

  /// Sends a copy to every receiver; a single one gets the frame itself.
  ///
  /// Other hosts get the frame as `elsewhere` has it.
  func replicate(
    _ frame: EthernetFrame, in subnet: Int, to receivers: Receivers, _ why: String,
    setting: String? = nil, elsewhere: EthernetFrame? = nil, in context: Context
  ) {
    let outgoing = elsewhere ?? frame
    let count = receivers.count
    guard count > 0 else {
      context.drop(
        .noReceivers,
        Step(
          .dropped, "\(why), and \(name(of: subnet)) has no other receiver", setting: setting,
          fix: "send to the address of a machine in the subnet"))
      return
    }
    func names() -> String { self.names(receivers, subnet, context) }
    if count > 1 {
      context.finish(
        .replicated,
        Step(.replicated, "\(why): copies to \(names())", setting: setting))
    }
    func next() -> Context {
      guard count == 1 else { return context.copy() }
      context.note(Step(.forwarded, "\(why): to \(names())", setting: setting))
      return context
    }
    for adapter in receivers.ports { deliver(frame, to: adapter, in: next()) }
    for other in receivers.hosts { tunnel(outgoing, in: subnet, to: other, in: next()) }
    guard receivers.group, let (transport, name) = encapsulated(outgoing, in: subnet)
    else { return }
    ports.tunnel(transport, name, to: segments.group(of: subnet), in: next())
  }

  private func names(_ receivers: Receivers, _ subnet: Int, _ context: Context) -> String {
    let intent = context.intent
    let ports = receivers.ports.map { intent.machines[$0.machine].name }
    let group = receivers.group ? ["the group \(segments.group(of: subnet))"] : []
    return (ports + receivers.hosts.map { intent.hosts[$0].name } + group)
      .joined(separator: ", ")
  }

  /// Takes a frame from the uplink; gives what came out of a tunnel into a subnet that this host
  /// has: one with a machine here, or with something else that the model has there.
  func receive(
    _ outer: EthernetFrame, orWhere hasSubnet: (Int) -> Bool = { _ in false },
    in context: Context
  ) -> Arrival? {
    guard let packet = ports.receive(outer, in: context) else { return nil }
    guard case .vxlan(let header, let frame) = packet.transport else {
      // RFC 7348, section 4.3: a VTEP may discard fragments without a word.
      let isPart = packet.fragment != nil
      context.drop(
        .notCarried,
        isPart
          ? "a router of the underlay fragmented the packet, and a VTEP does not reassemble"
          : "\(context.intent.hosts[host].name) accepts only VXLAN from the underlay",
        fix: isPart ? "raise the MTU of the underlay" : "send it from a machine")
      return nil
    }
    let vni = header.virtualSubnetID
    context.note(
      Step(
        .decapsulated,
        "VNI \(vni), from \(packet.source); inner frame to \(frame.destination)"))
    guard let subnet = segments.subnet(of: vni),
      hasSubnet(subnet) || !locals(in: subnet, in: context).isEmpty
    else {
      context.drop(
        .noPort, "\(context.intent.hosts[host].name) has no machine in VNI \(vni)",
        fix: "wait until the sender's table entry expires, or send a frame from the moved machine")
      return nil
    }
    return Arrival(
      frame: frame, subnet: subnet, sender: segments.host(at: packet.source),
      source: packet.source, target: packet.destination)
  }

  /// The machine is not at this host, and what came by a tunnel leaves by none.
  func turnAway(_ frame: EthernetFrame, _ subnet: Int, in context: Context) {
    let name = context.intent.hosts[host].name
    context.drop(
      .noPort,
      "no port of \(name) in \(self.name(of: subnet)) has \(frame.destination), and frames from a"
        + " tunnel are not sent into another",
      fix: "send a frame from the moved machine, so that hosts learn its location")
  }
}

extension AccessList {
  /// The filters of the adapters that have rules, under what a model calls them.
  static func filters(
    of intent: Intent, named name: String, isStateful: Bool
  ) -> [Cable: AccessList] {
    var filters: [Cable: AccessList] = [:]
    for (number, machine) in intent.machines.enumerated() {
      for (index, interface) in machine.interfaces.enumerated() where !interface.rules.isEmpty {
        guard let subnet = intent.subnet(of: interface) else { continue }
        let isOnly = machine.interfaces.count == 1
        let place = isOnly ? "" : " in \(intent.subnets[subnet].name)"
        filters[.adapter(machine: number, index: index)] = AccessList(
          name: "\(name) of \(machine.name)\(place)", rules: interface.rules,
          isStateful: isStateful)
      }
    }
    return filters
  }
}
