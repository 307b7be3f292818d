import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// What is wrong with a file as a whole.
struct LabFileFaultTests {
  @Test(
    arguments: [
      ("", .emptyFile), ("// nothing\n", .emptyFile), ("{\u{0}}", .binaryFile),
      (String(repeating: "[", count: 100_000), .tooDeep),
      (String(repeating: "{a:", count: 100_000), .tooDeep),
      ("{" + String(repeating: "a: 1,", count: 1_100) + "}", .tooManyFaults),
      ("name: x", .json5Syntax), ("[]", .wrongType), ("5", .wrongType), ("null", .wrongType),
    ] as [(String, Rule)])
  func `a text that is no lab is refused with its place`(text: String, rule: Rule) throws {
    let faults = BadLab.faults(of: text)
    let last = try #require(faults.last)
    #expect(last.rule == rule)
    #expect(faults.allSatisfy { $0.place?.file == "l.json5" })
  }

  @Test(arguments: [
    [0xFF, 0xFE, 0x7B, 0x00], [0x7F, 0x45, 0x4C, 0x46, 0x02], [0x1F, 0x8B, 0x08],
  ])
  func `bytes that are no text are refused`(bytes: [UInt8]) {
    let rules = BadLab.faults(of: bytes).map(\.rule)
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

    #expect(fault(huge.path)?.rule == .tooLarge)
    #expect(fault(folder.path)?.explanation.hasSuffix("is a folder") == true)
    let missing = folder.appendingPathComponent("none.json5").path
    #expect(fault(missing)?.explanation == "\(missing) does not exist")
    #expect(fault(missing + "/x")?.rule == .unreadableFile)
    let misspelt = fault(folder.appendingPathComponent("hueg.json5").path)
    #expect(misspelt?.mend == "did you mean \(huge.path)?")
    #expect(fault("")?.rule == .unreadableFile)
    #expect(fault("a\u{0}b")?.rule == .unreadableFile)
  }

  @Test func `devices are no lab files`() {
    #expect(fault("/dev/zero")?.rule == .unreadableFile)
  }

  @Test func `a lab may begin with a byte order mark`() {
    #expect(BadLab.faults(of: "\u{FEFF}" + BadLab.good) == [])
  }

  private func fault(_ path: String) -> Fault? {
    do throws(Faults) {
      _ = try Lab(contentsOf: path)
      return nil
    } catch {
      return error.all.count == 1 ? error.all[0] : nil
    }
  }
}
