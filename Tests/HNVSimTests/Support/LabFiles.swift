import Foundation
import HNVCore
import HNVSim

/// The labs that ship with the package.
enum LabFiles {
  /// The folder of the package, found from where this file stands.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names of all labs, without their ending.
  static let names: [String] = {
    let folder = root.appendingPathComponent("Labs").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(6)) }.sorted()
  }()

  static func lab(_ name: String) throws(Diagnostics) -> Lab {
    try Lab(contentsOf: root.appendingPathComponent("Labs/\(name).json5").path)
  }

  static func fabric(_ name: String) throws(Diagnostics) -> Fabric { try Fabric(lab(name)) }
}
