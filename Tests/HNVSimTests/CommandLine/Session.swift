import Foundation
import Testing

@testable import hnv

/// One call of the program, and what it wrote.
struct Session {
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

  /// The output as JSON; an issue when it is none.
  func json() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
  }

  func object() throws -> [String: Any] { try #require(try json() as? [String: Any]) }
  func list() throws -> [[String: Any]] { try #require(try json() as? [[String: Any]]) }

  private final class Transcript {
    var output = ""
    var complaints = ""
    var bytes: [UInt8] = []
  }
}
