public import HNVCore

/// What passed while one packet and its answer went through a network, and their trace.
public struct Capture: Hashable, Sendable {
  /// Every frame that passed: the packet, its answer, address resolution, errors.
  ///
  /// There is one interface for each machine's adapter, named as the machine (`GW/2` for the
  /// second adapter of several), one for each host's uplink, named as `hv1 uplink`, and one for each
  /// port of an underlay router, named as the router (`tor1/2` for the second of several). Times are
  /// those of the virtual clock at which a frame was there. A frame's comment is the step that
  /// sent it.
  public let file: CaptureFile

  /// What became of the packet, and why.
  public let trace: Trace

  /// The capture as a pcapng file, the same bytes on every run and machine.
  public var pcapng: [UInt8] { file.pcapng }
}

extension Fabric {
  /// Sends a packet into the network's initial state and captures what passes, as `trace` does.
  ///
  /// Without `elements` there is an interface for each place that a frame passes. They limit the
  /// capture to machines or their adapters (`GW/2`), the uplinks of hosts, the ports of underlay
  /// routers, `underlay` for all of these, or the adapters on the wire of an outside network, whether
  /// a frame passes there or not.
  ///
  /// - Throws: everything that is wrong with the question and the names.
  public func capture(
    _ question: Question, at elements: [String] = []
  ) throws(Diagnostics) -> Capture {
    var diagnostics: [Diagnostic] = []
    var probe: Probe?
    do throws(Diagnostics) { probe = try question.probe(in: network.intent) } catch {
      diagnostics = error.all
    }
    var points: [Cable] = []
    for name in elements {
      do throws(Diagnostic) {
        points += try network.intent.capturePoints(named: name)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty, let probe else { throw Diagnostics(diagnostics) }
    let simulation = Simulation(network, keepingSteps: true)
    let recorder = CaptureRecorder(
      network.intent, simulation.journal, at: elements.isEmpty ? nil : points)
    simulation.tap = recorder.note
    let number = simulation.send(probe)
    simulation.run()
    return Capture(
      file: recorder.file(), trace: Trace(number, of: simulation.journal, in: network.intent))
  }
}
