import Foundation
import HNVCore
import HNVSim
import Testing

@testable import hnv

/// The JSON that scripts rely on.
struct ProgramJSONTests {
  private static let ends = [
    "machine", "sourceMAC", "destinationMAC", "timeToLive", "source", "destination",
  ]

  @Test func `a trace has what is promised`() throws {
    let session = Session("trace", "complex-routing", "--from B --to X --format json")
    #expect(session.status == 0 && session.complaints == "")
    let trace = try session.object()
    try expectTrace(trace, from: ("B", "10.0.1.12"), to: ("X", "10.1.2.11"))
    #expect(trace["disposition"] as? String == "ACCEPTED")
    let resolution = try #require(trace["resolution"] as? [[String: Any]])
    #expect(resolution.first?["target"] as? String == "10.0.1.1")
    try expectTrace(
      try #require(trace["reply"] as? [String: Any]), from: ("X", "10.1.2.11"),
      to: ("B", "10.0.1.12"))
    let (sent, delivered) = (trace["sent"] as? [String: Any], trace["delivered"] as? [String: Any])
    #expect(sent?["timeToLive"] as? Int == 128 && delivered?["timeToLive"] as? Int == 127)
    #expect(sent?["destinationMAC"] as? String != delivered?["destinationMAC"] as? String)
  }

  @Test func `what never left the guest was not sent`() throws {
    let session = Session("trace", "guest-gateway-missing", "--from A --to X --format json")
    #expect(session.status == 1 && session.complaints == "")
    let trace = try session.object()
    #expect(trace["disposition"] as? String == "NEIGHBOR_UNREACHABLE")
    for key in ["sent", "delivered", "reply"] { #expect(trace[key] is NSNull, "\(key)") }
    let resolution = try #require(trace["resolution"] as? [[String: Any]])
    #expect(resolution.first?["target"] as? String == "10.0.1.250")
    #expect(resolution.first?["answer"] is NSNull)
  }

  @Test func `what is lost on the way was sent and not delivered`() throws {
    let session = Session("trace", "undelivered-record", "--from B --to X --format json")
    #expect(session.status == 1 && session.complaints == "")
    let trace = try session.object()
    #expect(trace["sent"] is [String: Any])
    #expect(trace["delivered"] is NSNull && trace["reply"] is NSNull)
    #expect(trace["lostAt"] as? String == "hv2")
    #expect((trace["fix"] as? String)?.isEmpty == false)
  }

  @Test func `a traceroute has its hops, silent ones too`() throws {
    let session = Session("traceroute", "complex-routing", "--from A --to internet --format json")
    #expect(session.status == 0 && session.complaints == "")
    let way = try session.object()
    #expect(way["from"] as? String == "A" && way["to"] as? String == "internet")
    #expect(way["protocol"] as? String == "icmp" && way["complete"] as? Bool == true)
    let hops = try #require(way["hops"] as? [[String: Any]])
    #expect(hops.map { $0["hop"] as? Int } == [1, 2, 3])
    for key in ["address", "machine", "meaning", "roundTrip"] {
      #expect(hops[0][key] is NSNull, "\(key)")
    }
    #expect((hops[0]["silence"] as? String)?.contains("hv1") == true)
    #expect(hops[1]["machine"] as? String == "GW")
    #expect(hops[1]["meaning"] as? String == "time exceeded")
    #expect(hops[1]["silence"] is NSNull && hops[1]["roundTrip"] as? Int == 0)
  }

  @Test func `the parts of a packet are its copies`() throws {
    let session = Session(
      "trace", "complex-routing", "--from A --to B --size 3000 --fragment --format json")
    let parts = try #require(try session.object()["copies"] as? [[String: Any]])
    #expect(
      parts.map { $0["disposition"] as? String } == ["REASSEMBLED", "REASSEMBLED", "REASSEMBLED"])
  }

  @Test func `the matrix has a verdict for every pair`() throws {
    let session = Session("reach", "complex-routing", "--format json")
    #expect(session.status == 0 && session.complaints == "")
    let pairs = try session.objects("pairs")
    // Five machines to four others and to the outside.
    #expect(pairs.count == 25)
    for pair in pairs {
      let verdict = try #require(pair["verdict"] as? [String: Any])
      #expect(verdict["from"] is String && verdict["to"] is String)
      #expect(verdict["reachable"] as? Bool == true && pair["asExpected"] as? Bool == true)
    }
  }

  @Test func `a check is a list of diagnostics`() throws {
    #expect(try Session("check", "complex-routing", "--format json").objects("diagnostics").isEmpty)
    let session = Session("check", "undelivered-record", "--format json")
    #expect(session.status == 1 && session.complaints == "")
    let diagnostic = try #require(try session.objects("diagnostics").first)
    #expect(diagnostic["severity"] as? String == "warning")
    #expect(diagnostic["rule"] as? String == "undelivered-record")
    #expect((diagnostic["file"] as? String)?.hasSuffix("undelivered-record.json5") == true)
    #expect(diagnostic["line"] is Int && diagnostic["column"] is Int && diagnostic["fix"] is String)
  }

  private static let commands = [
    "trace --from A --to B", "traceroute --from A --to B", "reach", "compare --models hnv", "check",
    "run", "replay no.pcapng --at A",
  ]

  @Test(arguments: commands)
  func `the errors of a refused lab are JSON, and on the standard error`(line: String) throws {
    let session = Session(line, on: LabFiles.path("gateway-in-vm-subnet"), "--format json")
    #expect(session.status == 2)
    #expect(session.complaints.contains("[gateway-in-vm-subnet]"))
    let diagnostics = try session.objects("diagnostics")
    #expect(diagnostics.map { $0["rule"] as? String } == ["gateway-in-vm-subnet"])
  }

  @Test(arguments: commands)
  func `the errors of a file that is not a lab are JSON`(line: String) throws {
    let session = Session(line, on: LabFiles.path("no such lab"), "--format json")
    #expect(session.status == 2 && session.complaints.contains("no such lab"))
    #expect(try session.objects("diagnostics").count == 1)
  }

  @Test func `without --format json, errors are on the standard error alone`() {
    for line in ["table --host hv1", "trace --from A --to B"] {
      let session = Session(line, on: LabFiles.path("gateway-in-vm-subnet"))
      #expect(session.status == 2 && session.output == "")
      #expect(session.complaints.contains("[gateway-in-vm-subnet]"))
    }
  }

  @Test func `wrong usage is not JSON`() {
    let session = Session("trace", "complex-routing", "--format json")
    #expect(session.status == 2 && session.output == "" && session.complaints != "")
  }

  @Test func `a run has its timeline and results`() throws {
    let session = Session("run", "late-record", "--format json")
    #expect(session.status == 0 && session.complaints == "")
    let run = try session.object()
    #expect(run["asExpected"] as? Bool == true && run["refused"] as? Bool == false)
    let expectations = try #require(run["expectations"] as? [[String: Any]])
    #expect(expectations.count == 4)
    #expect(expectations.allSatisfy { $0["passed"] as? Bool == true })
    #expect((run["timeline"] as? [[String: Any]])?.isEmpty == false)
  }

  private func expectTrace(
    _ trace: [String: Any], from: (String, String), to: (String, String)
  ) throws {
    for (key, machine) in [("sent", from.0), ("delivered", to.0)] {
      let end = try #require(trace[key] as? [String: Any], "\(key)")
      #expect(Set(Self.ends).isSubset(of: end.keys))
      #expect(end["machine"] as? String == machine)
      #expect(end["source"] as? String == from.1 && end["destination"] as? String == to.1)
    }
    let hops = try #require(trace["hops"] as? [[String: Any]])
    #expect(!hops.isEmpty)
    for hop in hops {
      #expect(hop["element"] is String)
      #expect((hop["steps"] as? [[String: Any]])?.isEmpty == false)
    }
  }
}
