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

  /// The units, the largest first, and how many decimals of each make a nanosecond.
  private static let units: [(name: String, nanoseconds: UInt64, digits: Int)] = [
    ("s", 1_000_000_000, 9), ("ms", 1_000_000, 6), ("us", 1_000, 3), ("ns", 1, 0),
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

  /// The time as a lab file writes it, exactly: `5s`, `250us`.
  var labText: String {
    let unit = Self.units.first { nanoseconds.isMultiple(of: $0.nanoseconds) } ?? Self.units[3]
    return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
  }

  /// The time in the largest unit that it fills, with at most three decimals: `3.609 s`, `250 us`.
  public var description: String { text(decimals: 3) }

  /// The texts of times that a reader sees side by side, with as many decimals more as it takes to
  /// tell different times apart.
  package static func texts(of times: some Sequence<VirtualTime>) -> [VirtualTime: String] {
    var texts: [VirtualTime: String] = [:]
    var ambiguous = Set(times)
    for decimals in 3...9 {
      let groups = Dictionary(grouping: ambiguous) { $0.text(decimals: decimals) }
      for (text, times) in groups where times.count == 1 { texts[times[0]] = text }
      ambiguous = Set(groups.values.filter { $0.count > 1 }.joined())
    }
    return texts
  }

  /// The text with at most so many decimals; with 9 it is exact.
  func text(decimals: Int) -> String {
    guard let index = Self.units.firstIndex(where: { $0.nanoseconds <= nanoseconds }) else {
      return "0 s"
    }
    let unit = Self.units[index]
    let scale = Self.powerOfTen(min(decimals, unit.digits))
    let step = unit.nanoseconds / scale
    let (count, rest) = nanoseconds.quotientAndRemainder(dividingBy: step)
    let rounded = rest * 2 < step ? count : count + 1
    // 999.9999 ms are 1 s.
    if index > 0, rounded == 1_000 * scale { return "1 \(Self.units[index - 1].name)" }
    var fraction = String(String(scale + rounded % scale).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    return "\(rounded / scale)\(fraction.isEmpty ? "" : "." + fraction) \(unit.name)"
  }

  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
