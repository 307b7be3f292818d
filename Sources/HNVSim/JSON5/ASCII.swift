/// Bytes of UTF-8 text are compared with the characters they stand for, so that a grammar reads
/// like its specification.
extension Unicode.Scalar {
  /// Whether a byte is this ASCII character.
  static func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool {
    character.value == UInt32(byte)
  }
}

extension UInt8 {
  /// Whether the byte is one of `0` to `9`.
  var isDecimalDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit; `nil` where the byte is none.
  var hexDigitValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self) - 0x30
    case 0x41...0x46: UInt32(self) - 0x41 + 10
    case 0x61...0x66: UInt32(self) - 0x61 + 10
    default: nil
    }
  }
}
