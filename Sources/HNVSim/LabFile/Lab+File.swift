public import HNVCore

extension Lab {
  /// Reads a lab file.
  ///
  /// - Throws: what keeps the file from being opened, or everything that is wrong with its text.
  public init(contentsOf path: String) throws(Diagnostics) {
    self = try Self.read(try InputFile.bytes(of: path, kind: "lab file"), named: path)
  }
}
