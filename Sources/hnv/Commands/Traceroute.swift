import HNVCore
import HNVSim

extension Command {
  static let traceroute = Command(
    name: "traceroute",
    summary: "show the way as a person inside a machine sees it",
    discussion: """
      Sends probes with a TTL of 1, 2, 3 and so on, and shows who says that it ran out: \
      echo requests as Windows' tracert does, or datagrams to ports from 33434 on as traceroute \
      does. One session: the machines remember what they have learned.

      A * stands where nothing came back, with the reason behind it, which that person cannot see: \
      a hypervisor that routes between two subnets is such a hop. hnv trace follows one packet \
      through everything.
      """,
    positionals: [.lab],
    options: [
      .model,
      .text("from", "MACHINE", required: true, "the machine, or outside network, that asks"),
      .text("to", "MACHINE|ADDRESS", required: true, "where the probes go"),
      .number("max-hops", "N", in: 1...255, default: 30, "the most probes to send"),
      .choice(
        "protocol", "PROTOCOL", of: ["icmp", "udp"], default: "icmp",
        "echo requests, or datagrams"),
      .format,
    ],
    examples: [
      Example(
        commandLine: "hnv traceroute Labs/complex-routing.json5 --from A --to internet",
        shows: "that the hypervisor is a silent hop, and the gateway VM is not")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "the destination answered"),
      ExitStatus(code: 1, meaning: "it did not"),
      ExitStatus(code: 2, meaning: "refused: the command line or the lab"),
    ])
}

extension Program {
  func traceroute(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try fabric(command)
    let question = Question(
      from: command.text("from") ?? "", to: command.text("to") ?? "",
      ipProtocol: Self.ipProtocol(command.text("protocol")))
    let maxHops = Int(clamping: command.number("max-hops") ?? 30)
    let way = try fabric.traceroute(question, maxHops: maxHops)
    if command.text("format") == "json" {
      writeJSON(way)
    } else {
      write(way.rendered(paint: paint))
    }
    return way.isComplete ? 0 : 1
  }
}
