import Foundation

@testable import hnv

/// What pages quote: their fenced blocks, and the outputs of the program in them.
enum Quotation {
  /// The fenced blocks of a language in a page, without their fences.
  static func blocks(_ language: String, in page: String) -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = current {
        if line == "```" {
          blocks.append(lines.joined(separator: "\n"))
          current = nil
        } else {
          current = lines + [line]
        }
      } else if line == "```\(language)" {
        current = []
      }
    }
    return blocks
  }

  /// The arguments and the quoted output of a block that begins with `$ hnv`; `nil` for another.
  static func command(of block: String) -> (arguments: [String], output: String)? {
    let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
    let words = (lines.first ?? "").split(separator: " ").map(String.init)
    guard lines.count == 2, words.starts(with: ["$", "hnv"]) else { return nil }
    return (Array(words.dropFirst(2)), lines[1])
  }

  /// What the program prints when it is started in the repository, as `swift test` itself is.
  static func output(of arguments: [String]) -> String {
    let lines = Lines()
    let program = Program(write: { lines.add($0) }, complain: { lines.add($0) })
    _ = FileManager.default.changeCurrentDirectoryPath(LabFiles.root.path)
    _ = program.run(arguments)
    return lines.text
  }

  private final class Lines {
    private(set) var text = ""

    func add(_ line: String) { text += text.isEmpty ? line : "\n" + line }
  }

  /// Whether a quotation, in which a line `…` stands for any number of lines, is of a text.
  static func holds(_ quotation: String, of text: String) -> Bool {
    let quoted = quotation.split(separator: "\n", omittingEmptySubsequences: false)
    var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    let pieces = quoted.split(separator: "…", omittingEmptySubsequences: false)
    for (number, piece) in pieces.enumerated() {
      let starts = number == 0 ? [rest.startIndex] : Array(rest.indices) + [rest.endIndex]
      guard let start = starts.first(where: { rest[$0...].starts(with: piece) })
      else { return false }
      rest = rest[(start + piece.count)...]
    }
    return rest.isEmpty || pieces.last?.isEmpty == true
  }
}
