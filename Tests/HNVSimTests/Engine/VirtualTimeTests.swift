import HNVCore
import Testing

@testable import HNVSim

@Suite struct VirtualTimeTests {
  @Test(
    arguments: [
      ("0s", 0), ("7ns", 7), ("250us", 250_000), ("10ms", 10_000_000), ("5s", 5_000_000_000),
      ("18446744073s", 18_446_744_073_000_000_000),
    ] as [(String, UInt64)])
  func `a whole number and its unit is read, and written the same`(
    text: String, nanoseconds: UInt64
  ) throws {
    let time = try VirtualTime(parsing: text)
    #expect(time.nanoseconds == nanoseconds)
    #expect("\(time)" == text)
  }

  @Test(arguments: [
    "", "5", "s", "5 s", "+5s", "-5s", "05s", "5.5s", "5S", "5m", "5ss", "18446744074s",
    "99999999999999999999ns", "\u{665}s",
  ])
  func `anything else is refused`(text: String) {
    #expect {
      try VirtualTime(parsing: text)
    } throws: {
      ($0 as? Diagnostic)?.rule == .timeSyntax
    }
  }

  @Test func `the clock stops at its end instead of wrapping`() {
    let end = VirtualTime(nanoseconds: .max)
    #expect(end + .seconds(1) == end)
    #expect(VirtualTime.seconds(.max) == end)
    #expect(VirtualTime.seconds(2) + .seconds(3) == .seconds(5))
  }

  @Test(arguments: [0, 1, 999, 1_000, 1_500, 60_000_000_000, .max] as [UInt64])
  func `what is written reads back as the same time`(nanoseconds: UInt64) throws {
    let time = VirtualTime(nanoseconds: nanoseconds)
    #expect(try VirtualTime(parsing: "\(time)") == time)
  }
}
