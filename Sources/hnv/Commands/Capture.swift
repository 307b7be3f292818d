import HNVCore
import HNVSim

extension Command {
  static let capture = Command(
    name: "capture",
    summary: "capture one packet on every wire, for Wireshark",
    discussion: """
      Sends one packet into the lab's initial state, as hnv trace does, and writes every frame \
      on every wire as pcapng: the packet, its reply, address resolution, errors, customers' \
      frames and tunnels alike.

      There is one interface for each machine's port, named as the machine (GW/2 for the second \
      adapter of several), and one for each host's uplink to the underlay (hv1 uplink). Times are \
      those of the virtual clock, in nanoseconds; the comment of a frame is the step that sent it.

      An existing file is replaced if it is a capture or empty; any other file is left alone, and \
      the command is refused.
      """,
    examples: [
      Example(
        commandLine:
          "hnv capture Labs/complex-routing.json5 --from B --to X --output b-to-x.pcapng",
        shows: "a packet, inside and outside of its tunnel"),
      Example(
        commandLine: "hnv capture Labs/complex-routing.json5 --from A --to 8.8.8.8 --at underlay"
          + " --output -",
        shows: "tunnels alone, to be piped into tshark -r -"),
    ],
    exitStatuses: ExitStatus.ofPacket
  ) { arguments in
    let lab = arguments.lab()
    let question = arguments.packet()
    let model = arguments.model()
    let path = arguments.requiredText(
      "output", "FILE",
      "the file to write; - for the standard output, to which nothing else is then written")
    let elements = arguments.texts(
      "at", "ELEMENT",
      "capture only here: a machine, one of its ports (GW/2), a host's uplink, the underlay, or"
        + " an outside network's wire")
    return { program throws(Diagnostics) in
      let capture = try Fabric(contentsOf: lab, under: model).capture(question, at: elements)
      if path == "-" {
        program.writeBytes(capture.pcapng)
      } else {
        try capture.file.write(to: path)
        program.write(program.summary(of: capture.file, in: path))
        program.write("")
        program.write(capture.trace.rendered(.outcome, paint: program.paint))
      }
      return try program.status(of: capture.trace)
    }
  }
}

extension Program {
  fileprivate func summary(of capture: CaptureFile, in path: String) -> String {
    let names = capture.interfaces.map(\.name)
    let width = names.map(\.count).max() ?? 0
    let lines = names.enumerated().map { number, name in
      let count = capture.packets.count { $0.interface == number }
      return "  \(style(.name, TextLayout.padded(name, to: width)))  \(count.counted("frame"))"
    }
    let total = "\(path): \(capture.packets.count.counted("frame"))"
    guard !lines.isEmpty else { return total }
    return ([total + " at \(lines.count.counted("interface"))"] + lines).joined(separator: "\n")
  }
}
