import HNVCore
import HNVSim

extension Command {
  static let compare = Command(
    name: "compare",
    summary: "run a lab under several forwarding models, and show the differences and their causes",
    discussion: """
      Sends an ICMP echo request from every machine to every other and to every outside network, \
      under each model, and shows in tables what arrives: with which TTL and MAC addresses, over \
      how many tunnels, through which machines. Then, for each model, it lists the differences \
      from the first one, and the step that causes them.

      The first model is the lab's own, or the first that --models names. Features that a \
      model lacks are listed under it.
      """,
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
      ExitStatus(code: 2, meaning: "wrong usage, or all models refuse the lab"),
    ]
  ) { arguments in
    let lab = arguments.lab()
    let models = arguments.list(
      "models", "MODEL,...", of: ForwardingModels.names, or: "all", "the models")
    let from = arguments.text("from", "MACHINE", "only packets from this machine")
    let to = arguments.text("to", "MACHINE|ADDRESS", "only packets to this destination")
    let showsAll = arguments.flag("all", "show the pairs on which all models agree as well")
    let format = arguments.format()
    return { program throws(Diagnostics) in
      var progress: Progress?
      let comparison = try program.result(as: format) { () throws(Diagnostics) in
        try Comparison(
          Lab(contentsOf: lab), under: models.map(named), from: from, to: to
        ) { _, all in
          if progress == nil {
            progress = Progress(total: all, unit: "packets", complain: program.complain)
          }
          progress?.advance()
        }
      }
      switch format {
      case .text: program.write(comparison.rendered(everything: showsAll, paint: program.paint))
      case .json: program.write(comparison.json)
      }
      return comparison.isUniform && !comparison.columns.contains(where: \.isRefused) ? 0 : 1
    }
  }

  /// The models of a list of names, each once.
  private static func named(_ names: [String]) -> [any ForwardingModel] {
    var models: [any ForwardingModel] = []
    for model in names.compactMap({ ForwardingModels.named($0) })
    where !models.contains(where: { $0.name == model.name }) {
      models.append(model)
    }
    return models
  }
}
