public import HNVCore

extension Fabric {
  /// Sends the frames of a capture into the network's initial state, from a machine's port.
  ///
  /// They go on the wire as they are, at the times of the capture counted from the first: the
  /// machine's own stack takes no part in sending, so that a source that is not the machine's meets
  /// whatever checks sources. What comes back to the machine it takes as it does any packet.
  /// Frames of which the capture says that they came in are not sent.
  ///
  /// `port` is a machine, or one of its several adapters, as `GW/2`. The frames are those of the
  /// interface that is named; without a name those of the interface that is called as the port, or
  /// else of the only one with frames.
  ///
  /// - Throws: everything that is wrong with the names; that the run went beyond a limit.
  public func replay(
    _ capture: CaptureFile, interface: String? = nil, at port: String
  ) throws(Diagnostics) -> Replay {
    do throws(Diagnostic) {
      let cable = try network.intent.port(named: port)
      let name = network.intent.captureName(of: cable)
      let chosen = try capture.interfaces(named: interface, orAs: name)
      var replayer = Replayer(capture, of: chosen, from: cable, in: network)
      return Replay(port: name, frames: try replayer.run())
    } catch {
      throw Diagnostics([error])
    }
  }
}

extension CaptureFile {
  /// The interfaces that a name stands for, of which files put together may have several.
  fileprivate func interfaces(
    named name: String?, orAs port: String
  ) throws(Diagnostic) -> Set<Int> {
    let wanted = name ?? port
    let named = interfaces.indices.filter { interfaces[$0].name == wanted }
    if !named.isEmpty { return Set(named) }
    let used = Set(packets.map(\.interface))
    guard name != nil || used.count > 1 else { return used }
    let names = interfaces.map(\.name)
    throw Diagnostic(
      .captureInterface, in: .named("the capture"), value: wanted,
      name == nil
        ? "the capture has frames of \(used.count) interfaces, and none of them is called \(port)"
        : "the capture has no interface \(wanted)",
      fix: NearestName.of(wanted, among: names).map { "did you mean \($0)?" }
        ?? (1...20 ~= names.count
          ? "say which: \(names.joined(separator: ", "))" : "name one of the capture's interfaces"))
  }
}
