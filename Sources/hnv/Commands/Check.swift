import HNVCore
import HNVSim

extension Command {
  static let check = Command(
    name: "check",
    summary: "list everything that is wrong with a lab, without sending a packet",
    discussion: """
      Reads the lab, derives the policy of every host, and checks it. A lab with an error is \
      refused: no packet can be sent in it. A warning reports what will cause trouble, such as a \
      record that one host never received; the network runs all the same, so that hnv trace can \
      show the effect.
      """,
    examples: [
      Example(
        commandLine: "hnv check Labs/undelivered-record.json5",
        shows: "a record that one host never received")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "no errors and no warnings"),
      ExitStatus(code: 1, meaning: "warnings, and no errors"),
      ExitStatus(code: 2, meaning: "errors, or wrong usage"),
    ]
  ) { arguments in
    let lab = arguments.lab()
    let model = arguments.model()
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let diagnostics: [Diagnostic]
      do throws(Diagnostics) {
        let lab = try Lab(contentsOf: lab)
        diagnostics = Fabric.check(lab, under: model ?? ForwardingModels.model(of: lab))
      } catch {
        diagnostics = error.all
      }
      if format == .json { program.write(CheckReport(diagnostics).json) }
      if diagnostics.contains(where: { $0.severity == .error }) { throw Diagnostics(diagnostics) }
      if format == .text {
        program.write(
          diagnostics.isEmpty
            ? program.style(.success, "no errors and no warnings")
            : DiagnosticReport(diagnostics: diagnostics, style: program.style).text)
      }
      return diagnostics.isEmpty ? 0 : 1
    }
  }
}
