import HNVCore
import HNVSim

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The reader of lab files, which gives a lab, or diagnostics that are fit to be shown.
///
/// A lab that is read is run: what a file says must not trap later either.
struct LabTarget: FuzzTarget {
  let name = "labs"
  let samples: [[UInt8]]

  /// Everything in the samples that a lab's text consists of: strings, words and numbers.
  private let words: [[UInt8]]

  /// The labs that ship with the package, in the order of their names.
  static func files() throws -> [URL] {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    folder.appendPathComponent("Labs")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".json5") }.map { folder.appendingPathComponent($0) }
  }

  /// Takes the labs that ship with the package.
  init() throws {
    samples = try Self.files().map { [UInt8](try Data(contentsOf: $0)) }
    words = Array(
      Set(samples.flatMap { sample in Self.words(in: sample).map { Array(sample[$0]) } })
    )
    .sorted { $0.lexicographicallyPrecedes($1) }
  }

  func edit(_ input: inout [UInt8], _ random: inout SplitMix64) {
    for _ in 0...random.below(3) {
      guard let place = Self.words(in: input).randomElement(using: &random),
        let word = words.randomElement(using: &random)
      else { return }
      input.replaceSubrange(place, with: random.once(in: 8) ? [] : word)
    }
  }

  private static func words(in text: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for (index, byte) in text.enumerated() {
      let isPart =
        byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "-")...UInt8(ascii: ":") ~= byte
      if isPart {
        start = start ?? index
      } else if let first = start {
        words.append(first..<index)
        start = nil
      }
    }
    return words
  }

  func verdict(on input: [UInt8]) -> Verdict {
    let diagnostics: [Diagnostic]
    do throws(Diagnostics) {
      let lab = try Lab.read(input, named: name)
      let run = LabRun(lab)
      diagnostics = run.diagnostics
      // Some expectations are of other models, and one may be of several.
      let runs = [run] + run.others
      let judged = runs.reduce(0) { $0 + $1.results.count }
      guard runs.contains(where: \.isRefused) || judged >= lab.expectations.count else {
        return .broken("\(judged) results of \(lab.expectations.count)")
      }
    } catch {
      diagnostics = error.all
      guard !error.errors.isEmpty else { return .broken("refused without an error") }
    }
    for diagnostic in diagnostics
    where diagnostic.explanation.isEmpty || diagnostic.fix.isEmpty || diagnostic.place == nil {
      return .broken("not fit to be shown: \(diagnostic)")
    }
    return .kept(
      path: Set(diagnostics.map(\.rule.identifier)).sorted().prefix(3).joined(separator: " "))
  }
}
