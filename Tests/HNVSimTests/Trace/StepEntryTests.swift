import Foundation
import HNVCore
import HNVSim
import Testing

/// The entries that the steps of a trace name: of which kind, how called, and where the lab says
/// them.
@Suite struct StepEntryTests {
  private static let file = "entries.json5"

  /// A in front may use the router in back to the outside, but not telnet; hv1 has an old record
  /// of X.
  private static let text = """
    {
      name: "entries",
      hosts: [
        { name: "hv1", address: "172.16.0.11" },
        { name: "hv2", address: "172.16.0.12" },
      ],
      networks: [
        {
          name: "blue",
          subnets: [
            { name: "front", prefixes: ["10.0.1.0/24"] },
            { name: "back", prefixes: ["10.0.2.0/24"] },
          ],
          routes: [{ to: "0.0.0.0/0", via: "10.0.2.250" }],
        },
      ],
      outside: [
        { name: "internet", link: ["203.0.113.0/24"], addresses: ["198.51.100.10"] },
      ],
      machines: [
        {
          name: "A", host: "hv1",
          gateways: ["10.0.1.1"],
          interfaces: [
            {
              subnet: "front",
              addresses: ["10.0.1.11"],
              rules: [
                { action: "deny", direction: "outbound", protocol: "tcp", remotePorts: "23" },
                { action: "allow", direction: "outbound" },
              ],
            },
          ],
        },
        {
          name: "X", host: "hv2",
          interfaces: [{ subnet: "back", addresses: ["10.0.2.12"] }],
        },
        {
          name: "GW", host: "hv2", forwards: true,
          gateways: ["203.0.113.1"],
          interfaces: [
            {
              subnet: "back",
              addresses: ["10.0.2.250"],
              mac: "00-15-5D-00-00-50",
            },
            { outside: "internet", addresses: ["203.0.113.2"], nat: true },
          ],
          routes: [{ to: "10.0.1.0/24", via: "10.0.2.1" }],
        },
      ],
      hnv: {
        settings: { externalGateway: "anySubnet" },
        deviations: [
          {
            host: "hv1",
            withholdRecords: ["10.0.2.12"],
            addRecords: [
              {
                subnet: "back",
                customerAddress: "10.0.2.12",
                macAddress: "00-15-5D-00-00-99",
                providerAddress: "172.16.0.12",
              },
            ],
          },
        ],
      },
      expect: [{ from: "A", to: "internet" }],
    }
    """

  private func fabric() throws -> Fabric {
    try Fabric(Lab.read(Array(Self.text.utf8), named: Self.file))
  }

  /// The only line of the lab that has a text, from 1.
  private func line(_ text: String) throws -> UInt32 {
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    let numbers = lines.indices.filter { lines[$0].contains(text) }
    try #require(numbers.count == 1, "\(text) is on \(numbers.count) lines")
    return UInt32(numbers[0] + 1)
  }

  /// What a trace says of an entry, without its column.
  private struct Row: Equatable {
    let element: String
    let kind: Step.Entry.Kind
    let name: String
    let line: UInt32?

    init(_ element: String, _ kind: Step.Entry.Kind, _ name: String, _ line: UInt32?) {
      self.element = element
      self.kind = kind
      self.name = name
      self.line = line
    }
  }

  private func rows(_ trace: Trace) -> [Row] {
    trace.hops.flatMap { hop in
      hop.steps.compactMap(\.entry).map { Row(hop.element, $0.kind, $0.name, $0.place?.line) }
    }
  }

  @Test func `every entry that a packet meets is named, and where the lab says it`() throws {
    let trace = try fabric().trace(from: "A", to: "internet")
    #expect(trace.disposition == .exitsNetwork)
    let sender = Row("hv1", .lookupRecord, "10.0.1.11 in VSID 5001", try line("\"10.0.1.11\""))
    let nextHop = try line("addresses: [\"10.0.2.250\"]")
    #expect(
      rows(trace) == [
        Row("A", .route, "0.0.0.0/0 via 10.0.1.1", try line("gateways: [\"10.0.1.1\"]")),
        Row("hv1", .accessRule, "rule 2 of A, outbound", nil),
        sender,
        Row(
          "hv1", .customerRoute, "0.0.0.0/0 via 10.0.2.250",
          try line("to: \"0.0.0.0/0\"")),
        Row("hv1", .lookupRecord, "10.0.2.250 in VSID 5002", nextHop),
        Row("hv1", .providerRoute, "172.16.0.0/12 on-link", try line("name: \"hv1\"")),
        Row("underlay", .address, "02-50-41-00-00-02", nil),
        Row("hv2", sender.kind, sender.name, sender.line),
        Row("hv2", .lookupRecord, "10.0.2.250 in VSID 5002", nextHop),
        Row("hv2", .port, "GW, 00-15-5D-00-00-50 in VSID 5002", nextHop - 1),
        Row("GW", .route, "0.0.0.0/0 via 203.0.113.1", try line("gateways: [\"203.0.113.1\"]")),
        Row("GW", .translation, "icmp 203.0.113.2 id 1 for 10.0.1.11 id 1", nil),
      ])
    let files = trace.hops.flatMap(\.steps).compactMap { $0.entry?.place?.file }
    #expect(Set(files) == [Self.file])
  }

  @Test func `a rule that denies is named`() throws {
    let question = Question(from: "A", to: "X", ipProtocol: .tcp, destinationPort: 23)
    let trace = try fabric().trace(question)
    #expect(trace.disposition == .deniedOut)
    let step = try #require(trace.hops.last?.steps.last)
    #expect(step.action == .denied)
    #expect(step.entry?.kind == .accessRule && step.entry?.name == "rule 1 of A, outbound")
    #expect(step.entry != nil && step.entry?.place == nil)
  }

  @Test func `a record that one host alone has is where its deviation says it`() throws {
    let entries = rows(try fabric().trace(from: "A", to: "X"))
    let name = "10.0.2.12 in VSID 5002"
    #expect(
      entries.last { $0.element == "hv1" && $0.kind == .lookupRecord }
        == Row("hv1", .lookupRecord, name, try line("customerAddress")))
    // The other host has the record of X itself.
    let back = rows(try fabric().trace(from: "X", to: "A"))
    #expect(
      back.first { $0.element == "hv2" && $0.kind == .lookupRecord }
        == Row("hv2", .lookupRecord, name, try line("addresses: [\"10.0.2.12\"]")))
  }

  @Test func `a lookup that finds nothing has no entry`() throws {
    let trace = try fabric().trace(from: "A", to: "10.0.2.77")
    #expect(trace.disposition == .noRecord)
    let steps = try #require(trace.hops.last).steps
    let miss = try #require(steps.last)
    #expect(miss.lookup != nil && miss.lookup?.match == nil)
    #expect(miss.entry == nil)
    let route = try #require(steps.dropLast().last?.entry)
    #expect(route.kind == .customerRoute && route.name == "10.0.2.0/24 on-link")
    #expect(route.place?.line == (try line("name: \"back\"")))
  }

  @Test func `under HNV, a step has an entry where its lookup matched, and only there`() throws {
    var (matches, misses) = (0, 0)
    for name in LabFiles.names {
      let fabric = try? Fabric(LabFiles.lab(name))
      guard let fabric, fabric.model == "hnv" else { continue }
      let machines = fabric.network.intent.machines.map(\.name)
      for from in machines {
        for to in machines where to != from {
          guard let trace = try? fabric.trace(from: from, to: to) else { continue }
          for step in trace.hops.flatMap(\.steps) {
            guard let lookup = step.lookup else { continue }
            #expect((step.entry != nil) == (lookup.match != nil), "\(name): \(step.detail)")
            if lookup.match == nil { misses += 1 } else { matches += 1 }
          }
        }
      }
    }
    #expect(matches > 0 && misses > 0)
  }

  @Test func `JSON has the kind, the name and the place of an entry`() throws {
    let trace = try fabric().trace(from: "A", to: "internet")
    let document = try JSONSerialization.jsonObject(with: Data(trace.json.utf8))
    let hops = try #require((document as? [String: Any])?["hops"] as? [[String: Any]])
    let objects = hops.flatMap { $0["steps"] as? [[String: Any]] ?? [] }
      .compactMap { $0["entry"] as? [String: Any] }
    let entries = trace.hops.flatMap(\.steps).compactMap(\.entry)
    #expect(objects.count == entries.count)
    for (object, entry) in zip(objects, entries) {
      #expect(object["kind"] as? String == entry.kind.rawValue)
      #expect(object["name"] as? String == entry.name)
      #expect(object["file"] as? String == entry.place?.file)
      #expect(object["line"] as? UInt32 == entry.place?.line)
      #expect(object["column"] as? UInt32 == entry.place?.column)
    }
  }
}
