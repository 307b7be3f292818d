import HNVCore
import HNVSim

extension Command {
  static let nextHop = Command(
    name: "next-hop",
    summary: "print what Select-NetVirtualizationNextHop returns on one host",
    discussion: """
      Looks a destination up in the tables of one host and prints the six fields of \
      Select-NetVirtualizationNextHop. Ports, access rules and the TTL do not matter; hnv trace \
      follows a whole packet.
      """,
    examples: [
      Example(
        commandLine: "hnv next-hop Labs/complex-routing.json5 --host hv1 --vsid 5001 --to 8.8.8.8",
        shows: "the gateway VM as the next hop to the outside")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "there is a next hop"),
      ExitStatus(code: 1, meaning: "there is none, for the reason that is printed"),
      .refusal,
    ]
  ) { arguments in
    let lab = arguments.lab()
    let host = arguments.requiredText("host", "HOST", "the host whose tables are looked up")
    let vsid = arguments.requiredNumber(
      "vsid", "N", in: VirtualSubnetID.range, "the virtual subnet of the sender")
    let from = arguments.text("from", "CA", "the sender's customer address")
    let to = arguments.requiredText("to", "CA", "the destination's customer address")
    return { program throws(Diagnostics) in
      let network = try HNVNetwork.network(of: Lab(contentsOf: lab))
      let router = try network.router(of: host)
      let (subnet, source, destination) = try query(vsid: UInt64(vsid), from: from, to: to)
      do throws(Refusal) {
        let lookup = try router.router.selectNextHop(from: source, to: destination, in: subnet)
        program.write(fields(of: lookup))
        return 0
      } catch {
        program.write(network.explanation(of: error, on: router))
        return 1
      }
    }
  }

  private static func query(
    vsid: UInt64, from: String?, to: String
  ) throws(Diagnostics) -> (VirtualSubnetID, source: IPAddress?, destination: IPAddress) {
    var diagnostics: [Diagnostic] = []
    let subnet = read(&diagnostics, "--vsid") { () throws(Diagnostic) in
      try VirtualSubnetID(vsid)
    }
    let destination = read(&diagnostics, "--to") { () throws(Diagnostic) in
      try IPAddress(parsing: to)
    }
    let source = from.flatMap { text in
      read(&diagnostics, "--from") { () throws(Diagnostic) in try IPAddress(parsing: text) }
    }
    guard diagnostics.isEmpty, let subnet, let destination else { throw Diagnostics(diagnostics) }
    return (subnet, source, destination)
  }

  private static func fields(of lookup: NextHopLookup) -> String {
    let fields = [
      ("SourceCustomerAddress", lookup.sourceCustomerAddress.map { "\($0)" } ?? ""),
      ("DestinationCustomerAddress", "\(lookup.destinationCustomerAddress)"),
      ("SourceVirtualSubnetID", "\(lookup.sourceVirtualSubnetID)"),
      ("NextHopAddress", "\(lookup.nextHopAddress)"),
      ("SourceMACAddress", lookup.sourceMACAddress.map { "\($0)" } ?? ""),
      ("NextHopMACAddress", "\(lookup.nextHopMACAddress)"),
    ]
    return fields.map { "\(TextLayout.padded($0.0, to: 26)) : \($0.1)" }.joined(separator: "\n")
  }

  private static func read<Value>(
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
