import HNVCore
import Testing

struct DigitsTests {
  @Test(arguments: [
    ("0", 0, 0), ("7", 7, 7), ("10", 10, .max), ("255", 255, 255),
    ("18446744073709551615", UInt64.max, UInt64.max),
  ])
  func `digits up to the limit are a number`(text: String, number: UInt64, limit: UInt64) {
    #expect(Digits.decimal(text, upTo: limit) == number)
  }

  @Test(arguments: [
    ("", UInt64.max), ("1", 0), ("256", 255), ("00", .max), ("01", .max), ("+1", .max),
    ("-0", .max), ("-1", .max), (" 1", .max), ("1 ", .max), ("1\n", .max), ("1_000", .max),
    ("0x1", .max), ("1e3", .max), ("1.0", .max), ("١", .max), ("１", .max), ("2\u{301}", .max),
    ("18446744073709551616", .max), ("18446744073709551620", .max),
    ("99999999999999999999999999999999", .max),
  ])
  func `anything else is none`(text: String, limit: UInt64) {
    #expect(Digits.decimal(text, upTo: limit) == nil)
  }
}
