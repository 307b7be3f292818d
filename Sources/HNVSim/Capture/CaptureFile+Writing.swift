public import HNVCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CaptureFile {
  /// Writes the capture as pcapng to a new file, or over an empty file or another capture.
  ///
  /// - Throws: why the file cannot be written, or that something else is in it.
  public func write(to path: String) throws(Diagnostics) {
    if FileManager.default.fileExists(atPath: path) {
      let bytes = try InputFile.bytes(of: path, kind: "capture file")
      guard bytes.isEmpty || CaptureFormat(beginning: bytes) != nil else {
        throw Self.unwritable(path, "\(path) is there already, and is no capture")
      }
    }
    do {
      try Data(pcapng).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Self.unwritable(
        path, "\(path) cannot be written", fix: "check that the folder exists and its permissions")
    }
  }

  private static func unwritable(
    _ path: String, _ what: String, fix: String? = nil
  ) -> Diagnostics {
    Diagnostics([
      Diagnostic(.unwritableFile, in: .named("file \(path)"), value: path, what, fix: fix)
    ])
  }
}
