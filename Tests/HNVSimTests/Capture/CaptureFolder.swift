import Foundation
import HNVSim

/// A folder for captures that a test writes and reads.
struct CaptureFolder {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("hnv-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The path of a capture of an echo request from B to X, in the article's network.
  func capture(named name: String) throws -> String {
    let fabric = try LabFiles.fabric("complex-routing")
    try fabric.capture(Question(from: "B", to: "X")).file.write(to: path(name))
    return path(name)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
