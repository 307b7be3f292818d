import HNVCore
import HNVSim
import Testing

/// The renderings of a trace: golden for what an observer sees, by structure for the rest.
@Suite struct TraceTextTests {
  @Test func `an outcome within a subnet`() throws {
    let text = try Fabric(ArticleLab.lab).trace(from: "A", to: "B").rendered(.outcome)
    #expect(
      text == """
        ACCEPTED  A -> 10.0.1.12 (B): ICMP echo request
          sent       00-15-5D-00-00-01 -> 00-15-5D-00-00-02, 10.0.1.11 -> 10.0.1.12, TTL 128
          delivered  00-15-5D-00-00-01 -> 00-15-5D-00-00-02, 10.0.1.11 -> 10.0.1.12, TTL 128

        ACCEPTED  B -> 10.0.1.11 (A): ICMP echo reply
          sent       00-15-5D-00-00-02 -> 00-15-5D-00-00-01, 10.0.1.12 -> 10.0.1.11, TTL 128
          delivered  00-15-5D-00-00-02 -> 00-15-5D-00-00-01, 10.0.1.12 -> 10.0.1.11, TTL 128
        """)
  }

  @Test func `an outcome that names what is missing`() throws {
    let text = try LabFiles.fabric("undelivered-record").trace(from: "B", to: "X")
      .rendered(.outcome)
    #expect(
      text == """
        NO_RECORD  B -> 10.1.2.11: ICMP echo request
          sent       00-15-5D-00-00-02 -> 02-15-5D-00-00-01, 10.0.1.12 -> 10.1.2.11, TTL 128
          dropped at hv2: no lookup record for 10.1.2.11 in VSID 5003 (via route \
        10.1.2.0/24, on-link)
          nearest: customer route 10.1.2.0/24 on-link, VSID 5003
          fix: deliver the record of 10.1.2.11 to hv2 (hv1 and hv3 have it)
        """)
  }

  @Test func `an outcome where nothing left the guest`() throws {
    let text = try LabFiles.fabric("guest-gateway-missing").trace(from: "A", to: "X")
      .rendered(.outcome)
    #expect(
      text == """
        NEIGHBOR_UNREACHABLE  A -> 10.1.2.11: ICMP echo request
          sent       nothing
          dropped at A: no reply to 3 ARP requests for 10.0.1.250, so A cannot send to 10.1.2.11: no \
        lookup record for 10.0.1.250 in VSID 5001; no proxy reply, not flooded
          nearest: customer route 10.0.1.0/24 on-link, VSID 5001
          nearest: lookup record 10.0.1.11 (A), VSID 5001, 00-15-5D-00-00-01 at 172.16.0.2
          setting: neighborProxy=ownSubnet
          fix: no host has a record of 10.0.1.250: assign it to a machine, or correct the address; \
        or configure another gateway on A
        """)
  }

  @Test(arguments: [("A", "B"), ("B", "X"), ("A", "internet"), ("A", "10.0.1.1")])
  func `a path names every hop in order, and every step on a line`(
    from: String, to: String
  ) throws {
    var trace = try Fabric(ArticleLab.lab).trace(from: from, to: to)
    let lines = trace.rendered(.path).split(separator: "\n").map(String.init)
    var rest = lines[...]
    while true {
      for (number, hop) in trace.hops.enumerated() {
        let head = "  \(number + 1)  \(hop.element)"
        let index = try #require(rest.firstIndex(of: head))
        rest = rest[(index + 1)...]
        for step in hop.steps {
          let line = rest.removeFirst()
          #expect(line.contains(step.action.rawValue))
          #expect(line.hasSuffix(step.detail))
        }
      }
      guard let reply = trace.reply else { break }
      trace = reply
    }
  }

  @Test(arguments: [("A", "B"), ("B", "X"), ("A", "internet"), ("A", "10.0.1.1")])
  func `everything contains the path, the tables, what lost, and the settings`(
    from: String, to: String
  ) throws {
    let trace = try Fabric(ArticleLab.lab).trace(from: from, to: to)
    let path = trace.rendered(.path).split(separator: "\n")
    let text = trace.rendered(.everything)
    let lines = Set(text.split(separator: "\n"))
    #expect(path.filter { !lines.contains($0) }.isEmpty)
    #expect(lines.count > path.count)
    var lookups = 0
    for step in trace.hops.flatMap(\.steps) {
      if let setting = step.setting { #expect(text.contains("setting: \(setting)")) }
      for change in step.changes {
        #expect(text.contains("\(change.field.rawValue) \(change.before) -> \(change.after)"))
      }
      guard let lookup = step.lookup else { continue }
      lookups += 1
      #expect(text.contains("lookup of \(lookup.key) in \(lookup.table)"))
      #expect(text.contains(lookup.match.map { "match: \($0)" } ?? "no match"))
      for notChosen in lookup.notChosen {
        #expect(text.contains("not chosen: \(notChosen.entry); \(notChosen.why)"))
      }
    }
    #expect(lookups > 1)
  }

  @Test func `paint gets the parts, and takes none away`() throws {
    let trace = try LabFiles.fabric("undelivered-record").trace(from: "B", to: "X")
    for detail in TraceDetail.allCases {
      let painted = trace.rendered(detail, paint: Paint(before: { "<\($0) " }, after: ">"))
      #expect(painted.contains("<failure NO_RECORD>"))
      #expect(painted.contains("<failure dropped at>"))
      let plain = painted.replacing(/<(failure|name|aside) ([^<>]*)>/) { $0.2 }
      #expect(plain == trace.rendered(detail))
    }
  }
}
