import Foundation
import Testing

@testable import hnv

/// One call of the program, and what it wrote.
struct Session {
  /// The command that was called.
  let command: String
  let status: Int32
  /// What went to the standard output.
  let output: String
  /// What went to the standard error.
  let complaints: String
  /// The bytes, beside texts, that went to the standard output.
  let bytes: [UInt8]

  init(
    _ arguments: [String], commands: [Command] = Program.commands, style: Style = .plain
  ) {
    let transcript = Transcript()
    command = arguments.first ?? ""
    status = Program(
      style: style, commands: commands,
      write: { transcript.output += $0 + "\n" }, complain: { transcript.complaints += $0 + "\n" },
      writeBytes: { transcript.bytes += $0 }
    ).run(arguments)
    (output, complaints) = (transcript.output, transcript.complaints)
    bytes = transcript.bytes
  }

  /// A command on one of the package's labs.
  init(_ command: String, _ lab: String, _ options: String = "") {
    self.init(
      [command, LabFiles.path(lab)] + options.split(separator: " ").map(String.init))
  }

  /// A command with its options, on the lab at a path.
  init(_ line: String, on path: String, _ options: String = "") {
    let words = "\(line) \(options)".split(separator: " ").map(String.init)
    self.init([words[0], path] + words.dropFirst())
  }

  /// The output as a JSON object; an issue when it is none.
  func object() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  /// The objects that a member of the output lists.
  func objects(_ key: String) throws -> [[String: Any]] {
    try #require(try object()[key] as? [[String: Any]])
  }

  private final class Transcript {
    var output = ""
    var complaints = ""
    var bytes: [UInt8] = []
  }
}
