import HNVCore
import HNVSim

extension Command {
  static let compare = Command(
    name: "compare",
    summary: "run a lab under several forwarding models, and tell what differs and why",
    discussion: """
      Sends an ICMP echo request from every machine to every other and to every outside network, \
      under each model, and shows in tables what arrives: with which TTL and MAC \
      addresses, over how many tunnels, by way of whom. Below stands, for each model, what is \
      otherwise than under the first one, and the step that shows why.

      The first model is the one that the lab is about, or the first that --models names. What a \
      lab states and a model cannot have is said under that model's name.
      """,
    positionals: [.lab],
    options: [
      .text(
        "models", "MODEL,...",
        "the models, as \(ForwardingModels.names.joined(separator: ",")); default: all"),
      .text("from", "MACHINE", "only what this machine sends"),
      .text("to", "MACHINE|ADDRESS", "only what goes here"),
      .flag("all", "show the pairs on which all models agree as well"),
      .format,
    ],
    examples: [
      Example(
        commandLine: "hnv compare Labs/complex-routing.json5",
        shows: "what changes when the article's network moves"),
      Example(
        commandLine: "hnv compare Labs/complex-routing.json5 --models hnv,vpc --from A",
        shows: "what A would notice in Amazon's cloud"),
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "all models agree on everything"),
      ExitStatus(code: 1, meaning: "they differ, or one of them refuses the lab"),
      ExitStatus(code: 2, meaning: "refused: the command line, or the lab by all models"),
    ])
}

extension Program {
  func compare(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let lab = try lab(command)
    let models = try models(command.text("models"))
    var progress: Progress?
    let comparison = try Comparison(
      lab, under: models, from: command.text("from"), to: command.text("to")
    ) { _, all in
      if progress == nil { progress = Progress(total: all, unit: "packets", complain: complain) }
      progress?.advance()
    }
    if command.text("format") == "json" {
      writeJSON(comparison)
    } else {
      write(comparison.rendered(everything: command.flag("all"), paint: paint))
    }
    return comparison.isUniform && !comparison.columns.contains(where: \.isRefused) ? 0 : 1
  }

  /// The models of a list of names; `nil` for no list.
  private func models(_ text: String?) throws(Diagnostics) -> [any ForwardingModel]? {
    guard let text else { return nil }
    var models: [any ForwardingModel] = []
    var diagnostics: [Diagnostic] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      if let model = ForwardingModels.named(name) {
        if !models.contains(where: { $0.name == name }) { models.append(model) }
        continue
      }
      let nearest = NearestName.of(name, among: ForwardingModels.names).map {
        "did you mean \($0)?"
      }
      diagnostics.append(
        Diagnostic(
          .unknownName, in: .named("--models"), value: name, "there is no model \(name.visible)",
          fix: nearest ?? "name some of \(ForwardingModels.names.joined(separator: ","))"))
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return models
  }
}
