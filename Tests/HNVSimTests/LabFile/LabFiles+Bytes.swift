import Foundation

extension LabFiles {
  /// The path of a lab.
  static func path(_ name: String) -> String {
    root.appendingPathComponent("Labs/\(name).json5").path
  }

  /// The content of a lab.
  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}
