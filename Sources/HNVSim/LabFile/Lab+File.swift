public import HNVCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Lab {
  /// Reads a lab file.
  ///
  /// - Throws: what keeps the file from being opened, or everything that is wrong with its text.
  public init(contentsOf path: String) throws(Faults) {
    let bytes: [UInt8]
    do {
      let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      // What is no regular file, as a device, may never end.
      let type = attributes[.type] as? FileAttributeType
      // What is no regular file, as a device, may never end.
      guard type == .typeRegular else {
        let what = type == .typeDirectory ? "is a folder" : "is not a regular file"
        throw Faults([Self.unreadable(path, what, mend: "name a lab file")])
      }
      let size = attributes[.size] as? UInt64 ?? 0
      if let fault = JSON5Reader.tooLarge(size: Int(clamping: size), named: path) {
        throw Faults([fault])
      }
      bytes = [UInt8](try Data(contentsOf: file))
    } catch let faults as Faults {
      throw faults
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw Faults([
        Self.unreadable(
          path, exists ? "cannot be read" : "does not exist",
          mend: exists
            ? "check its permissions"
            : Self.nearest(to: path).map { "did you mean \($0)?" } ?? "check the path")
      ])
    }
    self = try Self.read(bytes, named: path)
  }

  /// The file of the same folder whose name is nearest to one that does not exist.
  private static func nearest(to path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, !name.isEmpty else { return nil }
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return NearestName.of(String(name), among: (files ?? []).sorted()).map { folder + $0 }
  }

  private static func unreadable(_ path: String, _ what: String, mend: String) -> Fault {
    Fault(
      .unreadableFile, in: .named("file \(path)"), value: path, "\(path) \(what)", mend: mend)
  }
}
