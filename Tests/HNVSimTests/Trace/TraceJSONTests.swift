import Foundation
import HNVCore
import HNVSim
import Testing

/// The JSON of a trace, on whose keys scripts rely.
@Suite struct TraceJSONTests {
  private func object(_ value: some JSONWritable) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(value.json.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `a packet that is answered has all keys, and its reply the same`() throws {
    let trace = try Fabric(ArticleLab.lab).trace(from: "B", to: "X")
    let object = try object(trace)
    #expect(
      Set(object.keys) == [
        "schemaVersion", "disposition", "outcome", "sender", "packet", "time", "sent", "delivered",
        "through", "resolution", "hops", "lostAt", "fix", "reply",
      ])
    #expect(object["disposition"] as? String == "ACCEPTED")
    #expect(object["outcome"] as? String == "success")
    #expect(object["lostAt"] is NSNull)
    let reply = try #require(object["reply"] as? [String: Any])
    // The version is the document's.
    #expect(Set(reply.keys) == Set(object.keys).subtracting(["schemaVersion"]))
    #expect(reply["reply"] is NSNull)
  }

  @Test func `sent and delivered have the six keys of an end`() throws {
    let object = try object(try Fabric(ArticleLab.lab).trace(from: "B", to: "X"))
    let expected: [String: [String: String]] = [
      "sent": [
        "machine": "B", "sourceMAC": "00-15-5D-00-00-02", "destinationMAC": "02-15-5D-00-00-01",
        "source": "10.0.1.12", "destination": "10.1.2.11",
      ],
      "delivered": [
        "machine": "X", "sourceMAC": "00-15-5D-00-00-02", "destinationMAC": "00-15-5D-00-00-04",
        "source": "10.0.1.12", "destination": "10.1.2.11",
      ],
    ]
    for (key, texts) in expected {
      let end = try #require(object[key] as? [String: Any])
      #expect(end.compactMapValues { $0 as? String } == texts)
      #expect(Set(end.keys) == Set(texts.keys).union(["timeToLive"]))
      #expect(end["timeToLive"] as? Int == (key == "sent" ? 128 : 127))
    }
  }

  @Test func `what there is not is null, and not left out`() throws {
    let lost = try object(try LabFiles.fabric("undelivered-record").trace(from: "B", to: "X"))
    #expect(lost["delivered"] is NSNull)
    #expect(lost["reply"] is NSNull)
    #expect(lost["sent"] is [String: Any])
    #expect(lost["lostAt"] as? String == "hv2")
    #expect((lost["fix"] as? String)?.contains("deliver the record") == true)
    let silent = try object(try LabFiles.fabric("guest-gateway-missing").trace(from: "A", to: "X"))
    #expect(silent["sent"] is NSNull)
    #expect(silent["delivered"] is NSNull)
    #expect(silent["disposition"] as? String == "NEIGHBOR_UNREACHABLE")
    let questions = try #require(silent["resolution"] as? [[String: Any]])
    #expect(questions.count == 3)
    #expect(questions.allSatisfy { $0["answer"] is NSNull && $0["answeredBy"] is NSNull })
  }

  @Test func `hops have an element and steps, resolutions a target and an answer`() throws {
    let trace = try Fabric(ArticleLab.lab).trace(from: "B", to: "X")
    let object = try object(trace)
    let hops = try #require(object["hops"] as? [[String: Any]])
    #expect(hops.map { $0["element"] as? String } == ["B", "hv2", "underlay", "hv3", "X"])
    for (hop, expected) in zip(hops, trace.hops) {
      let steps = try #require(hop["steps"] as? [[String: Any]])
      #expect(steps.map { $0["action"] as? String } == expected.steps.map(\.action.rawValue))
      #expect(steps.map { $0["detail"] as? String } == expected.steps.map(\.detail))
    }
    let questions = try #require(object["resolution"] as? [[String: Any]])
    // B asks its host, and its host asks on the underlay.
    #expect(questions.map { $0["machine"] as? String } == ["B", "hv2"])
    #expect(questions.map { $0["target"] as? String } == ["10.0.1.1", "172.16.0.4"])
    #expect(questions.map { $0["method"] as? String } == ["ARP", "ARP"])
    #expect(
      questions.map { $0["answer"] as? String } == ["02-15-5D-00-00-01", "02-50-41-00-00-03"])
    #expect(questions.map { $0["answeredBy"] as? String } == ["hv2", "hv3"])
  }

  @Test func `a run and a verdict are JSON as well`() throws {
    let lab = try LabFiles.lab("late-record")
    let object = try object(LabRun(lab))
    #expect(
      Set(object.keys) == [
        "schemaVersion", "lab", "model", "asExpected", "refused", "diagnostics", "timeline",
        "streams", "expectations", "others",
      ])
    #expect(object["asExpected"] as? Bool == true)
    #expect((object["timeline"] as? [[String: Any]])?.count == 4)
    let answer = try self.object(Fabric(lab).reach(from: "B", to: "X"))
    #expect(answer["reachable"] as? Bool == false)
    #expect(answer["disposition"] as? String == "NO_RECORD")
    #expect(answer["replyDisposition"] is NSNull)
  }
}
