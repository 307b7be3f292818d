import HNVCore
import HNVSim

extension Command {
  static let check = Command(
    name: "check",
    summary: "tell everything that is wrong with a lab, without sending a packet",
    discussion: """
      Reads the lab, derives what every host is told, and checks it. An error refuses the lab: \
      nothing else can be asked of it. A warning is what will hurt, such as a record that one \
      host never received; the network runs all the same, so that hnv trace can show what it does.
      """,
    positionals: [.lab], options: [.model, .format],
    examples: [
      Example(
        commandLine: "hnv check Labs/undelivered-record.json5",
        shows: "a record that one host never received")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "no errors and no warnings"),
      ExitStatus(code: 1, meaning: "warnings, and no errors"),
      ExitStatus(code: 2, meaning: "errors, or the command line was refused"),
    ])
}

extension Program {
  func check(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let isJSON = command.text("format") == "json"
    var diagnostics: [Diagnostic]
    do throws(Diagnostics) {
      let lab = try lab(command)
      diagnostics = Fabric.check(lab, under: model(command, of: lab))
    } catch {
      diagnostics = error.all
    }
    let isRefused = diagnostics.contains { $0.severity == .error }
    if isJSON { writeJSON(diagnostics.map { DiagnosticDocument($0) }) }
    if isRefused { throw Diagnostics(diagnostics) }
    if !isJSON {
      write(
        diagnostics.isEmpty
          ? style(.success, "no errors and no warnings")
          : DiagnosticReport(diagnostics: diagnostics, style: style).text)
    }
    return diagnostics.isEmpty ? 0 : 1
  }
}
