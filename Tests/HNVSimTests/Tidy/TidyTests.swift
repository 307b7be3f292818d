import Foundation
import Testing

/// What reviewers would have to remember: rules about the source text itself.
@Suite struct TidyTests {
  private static let tree = SourceTree.package
  private static let uses = FolderUses(tree)

  @Test func `every folder has its place in the order`() {
    #expect(Self.uses.strays == [])
    for order in FolderOrder.all {
      let found = Set(Self.tree.files.filter(\.isSwift).compactMap { order.folder(of: $0) })
      #expect(Set(order.folders) == found, "\(order.module)")
      #expect(order.folders.count == Set(order.folders).count)
    }
    #expect(Self.uses.fileCount > 200)
    #expect(Self.uses.typeCount > 300)
  }

  @Test func `a folder uses only what stands before it`() {
    var allowed = 0
    for order in FolderOrder.all {
      for use in Self.uses.uses where use.module == order.module {
        guard let from = order.folders.firstIndex(of: use.from),
          let to = order.folders.firstIndex(of: use.to), to > from
        else {
          allowed += 1
          continue
        }
        let isException = FolderOrder.exceptions.contains {
          $0.from == use.from && $0.to == use.to && $0.types.contains(use.type)
        }
        if !isException { Issue.record("\(use)") }
      }
    }
    #expect(allowed > 1_000)
  }

  @Test(arguments: FolderOrder.exceptions)
  func `an exception is needed`(exception: FolderOrder.Exception) {
    let used = Self.uses.uses.filter { $0.from == exception.from && $0.to == exception.to }
    #expect(Set(exception.types).subtracting(used.map(\.type)) == [])
    #expect(!exception.until.isEmpty)
  }

  @Test func `no model names another`() {
    let models = FolderOrder.all.flatMap(\.models)
    let between = Self.uses.uses.filter { models.contains($0.from) && models.contains($0.to) }
    for use in between { Issue.record("\(use)") }
    #expect(models.count >= 8)
    // The list of all models is the one place that names them all.
    let listed = Self.uses.uses.filter { $0.from == "Models" && models.contains($0.to) }
    #expect(Set(listed.map(\.to)) == Set(models))
    #expect(Set(listed.map(\.path)) == ["Sources/HNVSim/Models/ForwardingModels.swift"])
  }

  /// A word, or several words that stand together, in any case.
  private static let bannedWords = [
    "mend", "mends", "mended", "mending", "anew", "unless said", "plays no part", "play no part",
    "lead elsewhere", "leads elsewhere", "tells nobody", "doubled-", "unless given",
    "takes no part", "take no part", "leads nowhere else",
  ]

  /// Finds banned words, also where a line of a comment or a string ends between two of them.
  private static let banned = Pattern(
    bannedWords.map { phrase in
      let end = phrase.hasSuffix("-") ? "" : #"\b"#
      return #"\b"# + phrase.replacing(" ", with: #"[\s/">+]+"#) + end
    }.joined(separator: "|"))

  @Test func `nobody writes in our own dialect`() {
    let files = Self.tree.files(in: ["Labs", "README.md", "Schemas", "Snippets", "Sources"])
    for file in files {
      for line in Self.banned.lines(of: file.text) { Issue.record("\(file.path):\(line)") }
    }
    #expect(files.count > 250)
    #expect(Self.banned.lines(of: "Off, Unless\n  /// said.").count == 1)
    #expect(Self.banned.lines(of: "\"on unless \"\n + \"said\"").count == 1)
    #expect(Self.banned.lines(of: "a\nDoubled-mac and b").map { $0.prefix(2) } == ["2:"])
    #expect(Self.banned.lines(of: "amend mender; unless, said; doubled").isEmpty)
  }

  private static let lineLimit = 100

  /// The numbers of the lines of a Swift file that are too long.
  ///
  /// Lines of string literals may be, since swift-format does not break them.
  private static func longLines(of text: String) -> [Int] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let long = lines.indices.filter { lines[$0].count > lineLimit }
    if long.isEmpty { return [] }
    let code = SwiftText(text).code.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return long.filter { index in
      let isComment = lines[index].drop { $0 == " " }.hasPrefix("//")
      let hasCode = code[index].contains { $0 != UInt8(ascii: " ") }
      return isComment || (hasCode && !lines[index].contains("\""))
    }.map { $0 + 1 }
  }

  @Test func `no line is longer than 100 columns`() {
    let files = Self.tree.files.filter(\.isSwift)
    for file in files {
      for line in Self.longLines(of: file.text) { Issue.record("\(file.path):\(line)") }
    }
    #expect(files.count > 500)
    let long = String(repeating: "x", count: Self.lineLimit)
    #expect(Self.longLines(of: "let a = 1\n  /// \(long)\nlet \(long) = 1") == [2, 3])
    #expect(Self.longLines(of: "\(long)\n//\(long.dropFirst(2))") == [])
    #expect(Self.longLines(of: "let a = \"\(long)\"\nlet b = \"\"\"\n  \(long)\n  \"\"\"") == [])
  }

  /// An absolute path into a folder where machines keep their own files, or work left to do.
  private static let unfinished = Pattern(
    #"(?<![\w./])/(?:home|root|Users|work|opt|mnt|srv|tmp|var)/[\w.]|\b(?:TODO|FIXME)\b"#)

  @Test func `no path of some machine, and nothing left to do`() {
    let files = Self.tree.files.filter { !$0.path.hasPrefix("Tests/HNVSimTests/Tidy/") }
    for file in files {
      for line in Self.unfinished.lines(of: file.text) { Issue.record("\(file.path):\(line)") }
    }
    #expect(files.count > 500)
    #expect(Self.unfinished.lines(of: "see\n/tmp/a").map { $0.prefix(2) } == ["2:"])
    #expect(Self.unfinished.lines(of: "// TODO: more").count == 1)
    #expect(Self.unfinished.lines(of: "a/tmp/b, /tmp/ and https://example.org/home/a").isEmpty)
  }
}

/// A regular expression that does not care about case.
private struct Pattern: Sendable {
  private let expression: NSRegularExpression?

  init(_ pattern: String) {
    expression = try? NSRegularExpression(pattern: pattern, options: .caseInsensitive)
  }

  /// What is found, each behind the number of the line in which it begins.
  func lines(of text: String) -> [String] {
    let all = NSString(string: text)
    let found = expression?.matches(in: text, range: NSRange(location: 0, length: all.length))
    return (found ?? []).map { match in
      let line = all.substring(to: match.range.location).count { $0 == "\n" } + 1
      return "\(line): \(all.substring(with: match.range))"
    }
  }
}
