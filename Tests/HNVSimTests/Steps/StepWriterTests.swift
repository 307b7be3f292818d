import HNVCore
import Testing

@testable import HNVSim

/// What is written is what is read.
struct StepWriterTests {
  private func step(_ write: (inout StepWriter) -> Void) -> Step {
    var writer = StepWriter(capacity: 4)
    writer.begin()
    write(&writer)
    return writer.finished()[0]
  }

  @Test func `a step holds what was said of it, whatever was said of another`() {
    var writer = StepWriter(capacity: 4)
    writer.begin()
    writer.say(.routed, "to ", IPAddress.v4(IPv4Address(10, 0, 1, 4)), ", ", 2 as Int)
    writer.table("routes of ", "A")
    writer.key("k")
    writer.match("m")
    writer.notChosen("other")
    writer.why("shorter by ", UInt8(8))
    writer.entry(.route, "m", at: Place(file: "f", line: 3, column: 5))
    writer.setting("a=b")
    writer.begin()
    writer.say(.dropped, "no")
    writer.add(", not ", Int.min)
    writer.table("t")
    writer.key("")
    writer.nearest("n1")
    writer.nearest("n2")
    writer.fix("do")
    let text = writer.finished()
    #expect(text.count == 2)
    let (routed, dropped) = (text[0], text[1])
    #expect(routed.action == .routed && routed.detail == "to 10.0.1.4, 2")
    #expect(routed.lookup?.table == "routes of A" && routed.lookup?.key == "k")
    #expect(routed.lookup?.match == "m" && routed.lookup?.nearest == [])
    #expect(routed.lookup?.notChosen.map(\.entry) == ["other"])
    #expect(routed.lookup?.notChosen.map(\.why) == ["shorter by 8"])
    #expect(routed.entry?.kind == .route && routed.entry?.name == "m")
    #expect(routed.entry?.place == Place(file: "f", line: 3, column: 5))
    #expect(routed.setting == "a=b" && routed.fix == nil && routed.changes == [])
    #expect(dropped.action == .dropped && dropped.detail == "no, not \(Int.min)")
    #expect(dropped.lookup?.match == nil && dropped.lookup?.nearest == ["n1", "n2"])
    #expect(dropped.entry == nil && dropped.setting == nil && dropped.fix == "do")
  }

  @Test func `the sentence of changes is the changes, and what stays is none`() {
    let step = step {
      $0.sayChanges(.rewritten)
      $0.change(.timeToLive, UInt8(128), UInt8(127))
      $0.change(.source, "same", "same")
      $0.change(.vlan, "none", "5")
      $0.setting(nil)
    }
    #expect(step.detail == "TTL 128 -> 127, VLAN none -> 5")
    #expect(step.changes.map(\.field) == [.timeToLive, .vlan])
    #expect(step.changes.map(\.before) == ["128", "none"])
    #expect(step.changes.map(\.after) == ["127", "5"])
    #expect(step.changesBeside.isEmpty && step.setting == nil && step.lookup == nil)
  }

  @Test func `steps are equal when they say the same, wherever their words are`() {
    func write(_ step: inout StepWriter) {
      step.say(.dropped, "a")
      step.entry(.port, "p", at: Place(file: "f", line: 1, column: 1))
    }
    let one = step(write)
    var writer = StepWriter()
    writer.begin()
    writer.say(.dropped, "before it")
    writer.entry(.port, "q", at: Place(file: "f", line: 9, column: 9))
    writer.begin()
    write(&writer)
    #expect(writer.finished()[1] == one)
    let others = [
      step { $0.say(.denied, "a") },
      step { $0.say(.dropped, "b") },
      step {
        $0.say(.dropped, "a")
        $0.entry(.port, "p", at: Place(file: "f", line: 1, column: 2))
      },
      step {
        $0.say(.dropped, "a")
        $0.entry(.route, "p", at: Place(file: "f", line: 1, column: 1))
      },
    ]
    #expect(others.allSatisfy { $0 != one })
  }

  @Test func `another step's grounds are repeated, its sentence and its fix are not`() {
    let told = step {
      $0.say(.dropped, "told")
      $0.table("t")
      $0.key("k")
      $0.nearest("n")
      $0.entry(.address, "e", at: Place(file: "f", line: 2, column: 2))
      $0.change(.vlan, "1", "2")
      $0.setting("s=t")
      $0.fix("f")
    }
    let repeated = step {
      $0.say(.dropped, "because ", told.detailWords)
      $0.grounds(of: told)
    }
    #expect(repeated.detail == "because told" && repeated.fix == nil && repeated.changes == [])
    #expect(repeated.lookup == told.lookup && repeated.lookup != nil)
    #expect(repeated.entry == told.entry && repeated.entry?.place?.line == 2)
    #expect(repeated.setting == "s=t")
  }

  @Test func `what a fact leaves out is not told, and costs nothing`() {
    let silent = step { _ in }
    #expect(silent.detail.isEmpty && silent.lookup == nil && silent.changes.isEmpty)
    let more = step { $0.add("more of nothing") }
    #expect(more.detail.isEmpty)
    let half = step {
      $0.say(.routed, "half")
      $0.table("t")
      $0.notChosen("n")
    }
    #expect(half.lookup?.table == "t" && half.lookup?.key == "" && half.lookup?.match == nil)
    #expect(half.lookup?.notChosen.map(\.entry) == ["n"])
    #expect(half.lookup?.notChosen.map(\.why) == [""])
    let unchanged = step { $0.sayChanges(.rewritten) }
    #expect(unchanged.detail.isEmpty && unchanged.action == .rewritten)
  }

  @Test func `phrases are strings as they are written`() {
    let number: Int? = nil
    #expect("\(Phrases("a", 1 as Int, Phrases(number, "b")))" == "a1b")
    #expect("\(Phrases(IPFamily.v6, IPProtocol.tcp))" == "\(IPFamily.v6)\(IPProtocol.tcp)")
  }
}
