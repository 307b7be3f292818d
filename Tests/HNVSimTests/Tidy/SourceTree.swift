import Foundation

/// The files of the package, as text.
struct SourceTree {
  /// A file, by its path from the package's root.
  struct File {
    let path: String
    let text: String

    /// The folders that it is in, from the package's root.
    var folders: [Substring] { Array(path.split(separator: "/").dropLast()) }

    var isSwift: Bool { path.hasSuffix(".swift") }
  }

  let files: [File]

  /// Everything that the package ships, without what builds leave behind.
  static let package = SourceTree(
    under: [
      ".ci", ".swift-format", "Benchmarks", "Fuzz", "Labs", "Package.swift", "README.md",
      "Schemas", "Snippets", "Sources", "Tests",
    ])

  /// Reads files, and folders with all that is in them.
  init(under names: [String], of root: URL = LabFiles.root) {
    var files: [File] = []
    for name in names {
      let inner = FileManager.default.enumerator(atPath: root.appendingPathComponent(name).path)
      for path in [name] + (inner?.compactMap { $0 as? String } ?? []).map({ "\(name)/\($0)" }) {
        let isBuilt = path.split(separator: "/").contains { $0.hasPrefix(".build") }
        guard !isBuilt,
          let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        else { continue }
        files.append(File(path: path, text: text))
      }
    }
    self.files = files.sorted { $0.path < $1.path }
  }

  /// The files below some folders, or at some paths.
  func files(in names: [String]) -> [File] {
    files.filter { file in
      names.contains { file.path == $0 || file.path.hasPrefix("\($0)/") }
    }
  }
}
