import HNVCore
import Testing

@testable import HNVSim

@Suite struct VirtualTimeTests {
  @Test(
    arguments: [
      ("0s", 0), ("7ns", 7), ("250us", 250_000), ("10ms", 10_000_000), ("5s", 5_000_000_000),
      ("18446744073s", 18_446_744_073_000_000_000),
    ] as [(String, UInt64)])
  func `a whole number and its unit is read, and written the same in a lab`(
    text: String, nanoseconds: UInt64
  ) throws {
    let time = try VirtualTime(parsing: text)
    #expect(time.nanoseconds == nanoseconds)
    #expect(time.labText == text)
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
    #expect(try VirtualTime(parsing: time.labText) == time)
  }

  @Test(
    arguments: [
      (0, "0 s"), (7, "7 ns"), (999, "999 ns"), (1_000, "1 us"), (1_500, "1.5 us"),
      (250_000, "250 us"), (100_000_000, "100 ms"), (9_900_000_000, "9.9 s"),
      (10_000_000_000, "10 s"), (3_609_375_000, "3.609 s"), (3_609_500_000, "3.61 s"),
      (999_999, "999.999 us"), (999_999_999, "1 s"), (1_000_000_001, "1 s"),
      (60_000_000_000, "60 s"), (.max, "18446744073.71 s"),
    ] as [(UInt64, String)])
  func `a time is shown in the largest unit, with at most three decimals`(
    nanoseconds: UInt64, text: String
  ) {
    #expect("\(VirtualTime(nanoseconds: nanoseconds))" == text)
  }

  @Test func `different times that are shown together look different`() {
    let times = [0, 1_000_000_000, 1_000_000_001, 1_000_040_000, 2_000_000_400, .max, .max - 1]
      .map { VirtualTime(nanoseconds: $0) }
    let texts = VirtualTime.texts(of: times + times)
    #expect(
      times.map { texts[$0] } == [
        "0 s", "1 s", "1.000000001 s", "1.00004 s", "2 s", "18446744073.70955162 s",
        "18446744073.70955161 s",
      ])
  }
}
