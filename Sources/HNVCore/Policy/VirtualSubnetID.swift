/// The 24-bit number of a virtual subnet (VSID), carried on the wire with every packet.
public struct VirtualSubnetID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: UInt32

  /// The numbers that NetWNV accepts (New-NetVirtualizationLookupRecord, -VirtualSubnetID).
  public static let range: ClosedRange<UInt32> = 4096...16_777_214

  /// Checks a number against `range`.
  public init(_ number: UInt64) throws(Diagnostic) {
    guard number >= UInt64(Self.range.lowerBound), number <= UInt64(Self.range.upperBound) else {
      throw Diagnostic(
        .virtualSubnetIDRange, value: "\(number)",
        "the virtual subnet ID \(number) is outside 4096 to 16777214")
    }
    self.number = UInt32(number)
  }

  /// Takes back a number that was checked before.
  init(checked number: UInt32) { self.number = number }

  /// The number in decimal.
  public var description: String { "\(number)" }

  /// Orders by number.
  public static func < (left: VirtualSubnetID, right: VirtualSubnetID) -> Bool {
    left.number < right.number
  }
}
