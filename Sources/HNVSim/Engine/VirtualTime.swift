public import HNVCore

/// A point on the virtual clock, or a stretch of it, in nanoseconds.
public struct VirtualTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The nanoseconds since the start, or within the stretch.
  public let nanoseconds: UInt64

  /// Counts nanoseconds.
  public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// The start of every experiment.
  public static let zero = VirtualTime(nanoseconds: 0)

  /// Counts whole seconds, at most the 584 years that 64 bits hold.
  public static func seconds(_ count: UInt64) -> VirtualTime {
    let (product, overflow) = count.multipliedReportingOverflow(by: 1_000_000_000)
    return VirtualTime(nanoseconds: overflow ? .max : product)
  }

  /// The sum, which stays at the clock's end instead of wrapping.
  public static func + (left: VirtualTime, right: VirtualTime) -> VirtualTime {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return VirtualTime(nanoseconds: overflow ? .max : sum)
  }

  /// Orders by time.
  public static func < (left: VirtualTime, right: VirtualTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// Reads a whole number with its unit: `5s`, `10ms`, `250us`, `7ns`.
  public init(parsing text: String) throws(Diagnostic) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = Self.units.first { $0.name == text.dropFirst(digits.count) }
    guard let unit, let count = Digits.decimal(String(digits), upTo: .max / unit.nanoseconds)
    else {
      throw Diagnostic(
        .timeSyntax, value: String(text.prefix(40)), "this is not a whole number and its unit")
    }
    nanoseconds = count * unit.nanoseconds
  }

  /// The time in the largest unit that leaves it whole.
  public var description: String {
    for unit in Self.units where nanoseconds.isMultiple(of: unit.nanoseconds) {
      return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
    }
    return "\(nanoseconds)ns"
  }
}
