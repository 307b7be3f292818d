import HNVCore
import HNVSim

extension Command {
  static let nextHop = Command(
    name: "next-hop",
    summary: "answer as Select-NetVirtualizationNextHop does on one host",
    discussion: """
      Looks a destination up in the tables of one host and prints the six fields of \
      Select-NetVirtualizationNextHop. No port, no access rule and no TTL plays a part; \
      hnv trace asks about a whole packet.
      """,
    positionals: [.lab],
    options: [
      .text("host", "HOST", required: true, "the host whose tables are asked"),
      .number(
        "vsid", "N", in: 0...16_777_215, required: true, "the virtual subnet of the sender"),
      .text("from", "CA", "the sender's customer address"),
      .text("to", "CA", required: true, "the destination's customer address"),
    ],
    examples: [
      Example(
        commandLine: "hnv next-hop Labs/complex-routing.json5 --host hv1 --vsid 5001 --to 8.8.8.8",
        shows: "that what goes outside goes to the gateway VM")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "there is a next hop"),
      ExitStatus(code: 1, meaning: "there is none, and the reason is told"),
      ExitStatus(code: 2, meaning: "refused: the command line or the lab"),
    ])
}

extension Program {
  func nextHop(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try Fabric(try lab(command), under: HNVModel())
    let router = try fabric.router(of: command.text("host") ?? "")
    var diagnostics: [Diagnostic] = []
    let subnet = read(&diagnostics, "--vsid") { () throws(Diagnostic) in
      try VirtualSubnetID(command.number("vsid") ?? 0)
    }
    let destination = read(&diagnostics, "--to") { () throws(Diagnostic) in
      try IPAddress(parsing: command.text("to") ?? "")
    }
    var source: IPAddress?
    if let text = command.text("from") {
      source = read(&diagnostics, "--from") { () throws(Diagnostic) in try IPAddress(parsing: text)
      }
    }
    guard diagnostics.isEmpty, let subnet, let destination else { throw Diagnostics(diagnostics) }
    do throws(Refusal) {
      let answer = try router.router.selectNextHop(from: source, to: destination, in: subnet)
      write(fields(of: answer))
      return 0
    } catch {
      write(fabric.words(for: error, on: router))
      return 1
    }
  }

  private func fields(of answer: NextHopLookup) -> String {
    let fields = [
      ("SourceCustomerAddress", answer.sourceCustomerAddress.map { "\($0)" } ?? ""),
      ("DestinationCustomerAddress", "\(answer.destinationCustomerAddress)"),
      ("SourceVirtualSubnetID", "\(answer.sourceVirtualSubnetID)"),
      ("NextHopAddress", "\(answer.nextHopAddress)"),
      ("SourceMACAddress", answer.sourceMACAddress.map { "\($0)" } ?? ""),
      ("NextHopMACAddress", "\(answer.nextHopMACAddress)"),
    ]
    return fields.map { "\(TextLayout.padded($0.0, to: 26)) : \($0.1)" }.joined(separator: "\n")
  }

  private func read<Value>(
    _ diagnostics: inout [Diagnostic], _ option: String, _ parse: () throws(Diagnostic) -> Value
  ) -> Value? {
    do throws(Diagnostic) {
      return try parse()
    } catch {
      diagnostics.append(error.attributed(to: .named("option \(option)")))
      return nil
    }
  }
}
