import HNVCore
import Testing

@testable import HNVSim

@Suite struct VirtualTimeTests {
  @Test(
    arguments: [
      ("0s", 0), ("7ns", 7), ("250us", 250_000), ("10ms", 10_000_000), ("5s", 5_000_000_000),
      ("18446744073s", 18_446_744_073_000_000_000),
    ] as [(String, UInt64)])
  func `a whole number and its unit is read, and written the same in labs`(
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

  @Test(
    arguments: [
      ("18446744074s", "18446744073s"), ("18446744073710ms", "18446744073709ms"),
      ("99999999999999999999ns", "18446744073709551615ns"),
    ])
  func `a time that the clock does not hold is refused with the limit`(
    text: String, limit: String
  ) {
    #expect {
      try VirtualTime(parsing: text)
    } throws: {
      ($0 as? Diagnostic)?.explanation == "a time is at most \(limit)"
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
      (0, "0 s"), (7, "7 ns"), (250_000, "250 us"), (1_500_000, "1.5 ms"),
      (3_609_375_000, "3.609 s"), (9_900_000_000, "9.9 s"), (10_000_000_000, "10 s"),
      (1_000_400, "1 ms"), (1_000_500, "1.001 ms"), (999_999_600, "1 s"),
      (1_050_000_000, "1.05 s"), (.max, "18446744073.709 s"),
    ] as [(UInt64, String)])
  func `people read the largest unit with three decimals at most`(
    nanoseconds: UInt64, text: String
  ) {
    #expect("\(VirtualTime(nanoseconds: nanoseconds))" == text)
  }

  @Test func `different times side by side look different`() {
    let times = [1_000_000_100, 1_000_000_200, 1_000_000_100, 5] as [UInt64]
    #expect(
      VirtualTime.texts(of: times.map { VirtualTime(nanoseconds: $0) })
        == ["1.0000001 s", "1.0000002 s", "1.0000001 s", "5 ns"])
    #expect(VirtualTime.texts(of: [.seconds(1), .zero]) == ["1 s", "0 s"])
  }
}
