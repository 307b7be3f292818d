import Foundation
import HNVCore

/// Prefixes of both families, each once, in the order of the list they come from.
struct PrefixList {
  private(set) var v4: [Route<UInt32>] = []
  private(set) var v6: [Route<UInt128>] = []

  /// Reads a list: a prefix a line; blank lines and what follows a # do not count.
  init(_ text: String) throws(FileDiagnostic) {
    var seen: Set<IPPrefix> = []
    // A line may end as on Windows, which is one character of another name.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let word = words.first else { continue }
      guard words.count == 1 else {
        throw FileDiagnostic("line \(number + 1) of the prefixes has more than one word")
      }
      do throws(Diagnostic) {
        let prefix = try IPPrefix(parsing: String(word))
        if seen.insert(prefix).inserted { add(prefix) }
      } catch {
        throw FileDiagnostic("line \(number + 1) of the prefixes: \(error.explanation)")
      }
    }
  }

  private mutating func add(_ prefix: IPPrefix) {
    switch prefix.address {
    case .v4(let address):
      v4.append(Route(bits: address.bits, length: prefix.length, value: UInt32(v4.count + 1)))
    case .v6(let address):
      v6.append(Route(bits: address.bits, length: prefix.length, value: UInt32(v6.count + 1)))
    }
  }

  /// Reads the list that `--prefixes` names; `nil` without one.
  static func read(_ path: String?) throws(FileDiagnostic) -> PrefixList? {
    guard let path else { return nil }
    Progress.say("reading prefixes from \(path == "-" ? "the standard input" : path) …")
    if path == "-" {
      return try PrefixList(
        String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self))
    }
    do {
      return try PrefixList(String(contentsOfFile: path, encoding: .utf8))
    } catch let diagnostic as FileDiagnostic {
      throw diagnostic
    } catch {
      throw FileDiagnostic("\(path) cannot be read: \(error.localizedDescription)")
    }
  }
}
