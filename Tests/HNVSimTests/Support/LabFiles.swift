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

  /// The labs that only HNV can accept: each does what no network supports.
  static let invalid: Set = ["invalid-configuration", "invalid-configuration-lenient"]

  /// The lab in which an address does not say which machine is meant: its tenants have the same.
  static let ambiguous = "multitenant-gateway"

  static func lab(_ name: String) throws(Diagnostics) -> Lab {
    try Lab(contentsOf: root.appendingPathComponent("Labs/\(name).json5").path)
  }

  static func fabric(_ name: String) throws(Diagnostics) -> Fabric { try Fabric(lab(name)) }
}
