import HNVCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that a person names.
enum InputFile {
  /// The content of a file; `kind` says what it should be, as `lab file`.
  ///
  /// - Throws: what keeps the file from being opened, with the nearest name where there is none.
  static func bytes(of path: String, kind: String) throws(Diagnostics) -> [UInt8] {
    do {
      let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      // What is no regular file, as a device, may never end.
      let type = attributes[.type] as? FileAttributeType
      guard type == .typeRegular else {
        let what = type == .typeDirectory ? "is a folder" : "is not a regular file"
        throw Diagnostics([unreadable(path, what, fix: "name a \(kind)")])
      }
      let size = attributes[.size] as? UInt64 ?? 0
      if let diagnostic = JSON5Reader.tooLarge(size: Int(clamping: size), named: path) {
        throw Diagnostics([diagnostic])
      }
      return [UInt8](try Data(contentsOf: file))
    } catch let diagnostics as Diagnostics {
      throw diagnostics
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw Diagnostics([
        unreadable(
          path, exists ? "cannot be read" : "does not exist",
          fix: exists
            ? "check its permissions"
            : nearest(to: path).map { "did you mean \($0)?" } ?? "check the path")
      ])
    }
  }

  /// The file of the same folder whose name is nearest to one that does not exist.
  private static func nearest(to path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, !name.isEmpty else { return nil }
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return NearestName.of(String(name), among: (files ?? []).sorted()).map { folder + $0 }
  }

  private static func unreadable(_ path: String, _ what: String, fix: String) -> Diagnostic {
    Diagnostic(.unreadableFile, value: "", "\(path) \(what)", fix: fix)
  }
}
