import HNVCore

/// A learning bridge with VLANs (IEEE 802.1Q): what it has learned decides where a frame goes, and
/// what it does not know goes everywhere.
protocol Bridge: AnyObject {
  associatedtype Port: Hashable & Sendable

  var database: FilteringDatabase<Port> { get set }

  /// Its name in traces.
  var name: String { get }

  /// The ports of a VLAN that a flooded frame leaves by, in order.
  func members(of vlan: VLAN, for frame: EthernetFrame, in context: Context) -> [Port]

  /// Whether a port that was learned is still one of the bridge's.
  func has(_ port: Port, in context: Context) -> Bool

  /// A port in words, as `the trunk to hv1`.
  func words(for port: Port, in context: Context) -> String

  /// Puts a frame out by a port.
  func put(_ frame: EthernetFrame, of vlan: VLAN, outBy port: Port, in context: Context)
}

extension Bridge {
  /// Learns where a frame's sender is.
  func learn(from frame: EthernetFrame, of vlan: VLAN, at port: Port, in context: Context) {
    guard !frame.source.isMulticast,
      database.learn(frame.source, in: vlan.number, at: port, context.now)
    else { return }
    context.note(
      Step(.learned, "\(frame.source), \(vlan), learned on \(words(for: port, in: context))"))
  }

  /// Sends a frame on: to where its receiver was last seen, or else everywhere in its VLAN; never
  /// back to the port that it came by.
  func relay(_ frame: EthernetFrame, of vlan: VLAN, from port: Port, in context: Context) {
    guard !frame.destination.isMulticast,
      let known = database.port(of: frame.destination, in: vlan.number, at: context.now),
      has(known, in: context)
    else { return flood(frame, of: vlan, from: port, in: context) }
    let place = words(for: known, in: context)
    guard known != port else {
      return filter(
        "\(frame.destination), \(vlan), is on \(place), where the frame came from", in: context)
    }
    context.note(
      Step(
        .forwarded, "\(frame.destination), \(vlan), to \(place)",
        lookup: lookup(frame.destination, of: vlan, match: place)))
    put(frame, of: vlan, outBy: known, in: context)
  }

  private func flood(
    _ frame: EthernetFrame, of vlan: VLAN, from port: Port, in context: Context
  ) {
    let ports = members(of: vlan, for: frame, in: context).filter { $0 != port }
    let isForMany = frame.destination.isMulticast
    let reason =
      isForMany ? "" : "\(frame.destination) is unknown in \(vlan): "
    guard let first = ports.first else {
      return filter("\(reason)\(vlan) has no other port on \(name)", in: context)
    }
    let names = ports.map { words(for: $0, in: context) }.joined(separator: ", ")
    let miss = isForMany ? nil : lookup(frame.destination, of: vlan, match: nil)
    guard ports.count > 1 else {
      context.note(
        Step(
          .forwarded, "\(reason)flooded to \(names)", lookup: miss))
      return put(frame, of: vlan, outBy: first, in: context)
    }
    context.finish(
      .replicated,
      Step(.replicated, "\(reason)flooded in \(vlan) to \(names)", lookup: miss))
    for port in ports { put(frame, of: vlan, outBy: port, in: context.copy()) }
  }

  /// Ends a frame that has nowhere to go; of a flooded one that is nothing to speak of.
  private func filter(_ why: String, in context: Context) {
    guard !context.isCopy else { return context.finish(.ignored, Step(.received, why)) }
    context.drop(
      .noPort, why,
      fix: "send a frame from the machine, so that switches learn its port, or start it")
  }

  private func lookup(_ address: MACAddress, of vlan: VLAN, match: String?) -> Step.Lookup {
    Step.Lookup(
      table: "MAC addresses of \(vlan) on \(name)", key: "\(address)",
      match: match.map { "\(address) on \($0)" })
  }
}
