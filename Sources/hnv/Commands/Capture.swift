import HNVCore
import HNVSim

extension Command {
  static let capture = Command(
    name: "capture",
    summary: "write what one packet puts on every wire, for Wireshark",
    discussion: """
      Sends one packet into the lab's initial state, as hnv trace does, and writes every frame \
      that passes as pcapng: the packet, its answer, address resolution, errors, customers' \
      frames and tunnels alike.

      There is one interface for each machine's port, named as the machine (GW/2 for the second \
      adapter of several), and one for each host's uplink to the underlay (hv1 uplink). Times are \
      those of the virtual clock, in nanoseconds; the comment of a frame is the step that sent it.

      A file that is there already is replaced if it is a capture or empty; anything else is \
      left as it is, and the command refused.
      """,
    positionals: [.lab],
    options: Option.packet + [
      .model,
      .text(
        "output", "FILE", required: true,
        "the file to write; - for the standard output, to which nothing else is then written"),
      .text(
        "at", "ELEMENT", repeatable: true,
        "capture only here: a machine, one of its ports (GW/2), a host's uplink, the underlay, or"
          + " an outside network's wire"),
    ],
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
    exitStatuses: ExitStatus.ofPacket + [
      ExitStatus(code: 2, meaning: "refused: the command line, the lab, the file, or a limit")
    ])
}

extension Program {
  func capture(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try fabric(command)
    let capture = try fabric.capture(question(command), at: command.texts("at"))
    let path = command.text("output") ?? ""
    if path == "-" {
      writeBytes(capture.pcapng)
    } else {
      try capture.file.write(to: path)
      write(summary(of: capture.file, in: path))
      write("")
      write(capture.trace.rendered(.outcome, paint: paint))
    }
    return try status(of: capture.trace)
  }

  private func summary(of capture: CaptureFile, in path: String) -> String {
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
