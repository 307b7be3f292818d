import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// What is wrong with a file as a whole.
struct LabFileDiagnosticTests {
  @Test(
    arguments: [
      ("", .emptyFile), ("// nothing\n", .emptyFile), ("{\u{0}}", .binaryFile),
      (String(repeating: "[", count: 100_000), .tooDeep),
      (String(repeating: "{a:", count: 100_000), .tooDeep),
      ("{" + String(repeating: "a: 1,", count: 1_100) + "}", .tooManyDiagnostics),
      ("name: x", .json5Syntax), ("[]", .wrongType), ("5", .wrongType), ("null", .wrongType),
    ] as [(String, DiagnosticRule)])
  func `a text that is no lab is refused with its place`(text: String, rule: DiagnosticRule) throws
  {
    let diagnostics = BadLab.diagnostics(of: text)
    let last = try #require(diagnostics.last)
    #expect(last.rule == rule)
    #expect(diagnostics.allSatisfy { $0.place?.file == "l.json5" })
  }

  @Test(arguments: [
    [0xFF, 0xFE, 0x7B, 0x00], [0x7F, 0x45, 0x4C, 0x46, 0x02], [0x1F, 0x8B, 0x08],
  ])
  func `bytes that are no text are refused`(bytes: [UInt8]) {
    let rules = BadLab.diagnostics(of: bytes).map(\.rule)
    #expect(rules == [.binaryFile] || rules == [.json5Syntax])
  }

  @Test func `a path that is no file of a readable size is refused`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let huge = folder.appendingPathComponent("huge.json5")
    try Data().write(to: huge)
    let handle = try FileHandle(forWritingTo: huge)
    // Sparse: a size without content, which costs the disk nothing.
    try handle.truncate(atOffset: UInt64(JSON5Reader.sizeLimit) + 1)
    try handle.close()

    #expect(diagnostic(huge.path)?.rule == .tooLarge)
    #expect(diagnostic(folder.path)?.explanation.hasSuffix("is a folder") == true)
    let missing = folder.appendingPathComponent("none.json5").path
    #expect(diagnostic(missing)?.explanation == "\(missing) does not exist")
    #expect(diagnostic(missing + "/x")?.rule == .unreadableFile)
    let misspelt = diagnostic(folder.appendingPathComponent("hueg.json5").path)
    #expect(misspelt?.fix == "did you mean \(huge.path)?")
    #expect(diagnostic("")?.rule == .unreadableFile)
    #expect(diagnostic("a\u{0}b")?.rule == .unreadableFile)
  }

  @Test func `devices are no lab files`() {
    #expect(diagnostic("/dev/zero")?.rule == .unreadableFile)
  }

  @Test func `a lab may begin with a byte order mark`() {
    #expect(BadLab.diagnostics(of: "\u{FEFF}" + BadLab.good) == [])
  }

  private func diagnostic(_ path: String) -> Diagnostic? {
    do throws(Diagnostics) {
      _ = try Lab(contentsOf: path)
      return nil
    } catch {
      return error.all.count == 1 ? error.all[0] : nil
    }
  }
}
