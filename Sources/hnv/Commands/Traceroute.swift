import HNVCore
import HNVSim

extension Command {
  static let traceroute = Command(
    name: "traceroute",
    summary: "show the route as a user of a machine sees it",
    discussion: """
      Sends testPackets with a TTL of 1, 2, 3 and so on, and shows who replies that it expired: \
      echo requests as Windows' tracert sends them, or datagrams to ports from 33434 on as \
      traceroute does. All testPackets belong to one session: the machines keep what they learn.

      A * marks a hop without a reply, with the reason behind it, which that user cannot see: \
      a hypervisor that routes between two subnets is such a hop. hnv trace follows one packet \
      through everything.
      """,
    examples: [
      Example(
        commandLine: "hnv traceroute Labs/complex-routing.json5 --from A --to internet",
        shows: "the hypervisor as a silent hop, and the gateway VM as one that replies")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "the destination replied"),
      ExitStatus(code: 1, meaning: "the destination did not reply"),
      .refusal,
    ]
  ) { arguments in
    let lab = arguments.lab()
    let model = arguments.model()
    let from = arguments.requiredText(
      "from", "MACHINE", "the machine, or outside network, that sends the probes")
    let to = arguments.requiredText("to", "MACHINE|ADDRESS", "the destination of the probes")
    let maxHops = arguments.number(
      "max-hops", "N", in: 1...255, default: 30, "the largest number of probes")
    let packetProtocol = arguments.choice(
      "protocol", "PROTOCOL", of: [Arguments.PacketProtocol.icmp, .udp], default: .icmp,
      "echo requests, or datagrams")
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let question = Question(from: from, to: to, ipProtocol: packetProtocol.ipProtocol)
      let route = try program.result(as: format) { () throws(Diagnostics) in
        try Fabric(contentsOf: lab, under: model).traceroute(question, maxHops: maxHops)
      }
      switch format {
      case .text: program.write(route.rendered(paint: program.paint))
      case .json: program.write(route.json)
      }
      return route.isComplete ? 0 : 1
    }
  }
}
