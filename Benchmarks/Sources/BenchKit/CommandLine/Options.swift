/// What the command line asks for.
struct Options: Equatable {
  var suites = Suite.allCases
  /// Where the figures go as JSON.
  var json: String?
  /// The list of prefixes; `-` for the standard input.
  var prefixes: String?
  /// The most VMs or routes of any setting.
  var largest = 1_024_000
  /// Whether everything is measured again in pages of 2 MiB.
  var hugePages = false
  /// The folder for plots, and the JSON that they are drawn from.
  var plot: String?
  var from: String?

  /// What a command line can mean.
  enum Reading: Equatable {
    case run(Options)
    case help
    /// What is wrong, and what would put it right.
    case refused(String)
  }

  static func read(_ arguments: [String]) -> Reading {
    var options = Options()
    var rest = arguments[...]
    while let word = rest.popFirst() {
      // --name=value is --name value.
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.first ?? word
      if name == "--help" || name == "-h" { return .help }
      guard names.contains(name) else {
        return .refused("there is no option \(word); there are \(names.joined(separator: ", "))")
      }
      if name == hugePagesName {
        guard parts.count == 1 else { return .refused("\(name) takes no value") }
        options.hugePages = true
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        return .refused("\(name) needs a value; --help shows it")
      }
      if let diagnostic = options.take(name, value) { return .refused(diagnostic) }
    }
    if (options.plot == nil) != (options.from == nil) {
      return .refused("--plot FOLDER and --from JSON go together: plots are drawn from figures")
    }
    if options.hugePages, options.prefixes == "-" {
      return .refused(
        "--huge-pages measures twice, but the standard input can be read once: give"
          + " --prefixes a file")
    }
    return .run(options)
  }

  private static let names = [
    "--suite", "--json", "--prefixes", "--largest", hugePagesName, "--plot", "--from",
  ]
  private static let hugePagesName = "--huge-pages"

  /// The command line that means the same, but measures once and writes its figures to a file.
  func arguments(writingTo file: String) -> [String] {
    var words = suites.flatMap { ["--suite", $0.rawValue] }
    words += ["--largest", String(largest), "--json", file]
    if let prefixes { words += ["--prefixes", prefixes] }
    return words
  }

  /// Takes an option in; gives what is wrong with it.
  private mutating func take(_ name: String, _ value: String) -> String? {
    switch name {
    case "--suite":
      guard let suite = Suite(rawValue: value) else {
        let suites = Suite.allCases.map(\.rawValue).joined(separator: ", ")
        return "there is no suite \(value); there are \(suites)"
      }
      // Named once or more often: the named ones, in the order of all.
      suites = suites.count == Suite.allCases.count ? [suite] : suites + [suite]
    case "--json": json = value
    case "--prefixes": prefixes = value
    case "--largest":
      guard let number = Int(value.filter { $0 != "," && $0 != "_" }), number >= 10 else {
        return "--largest takes a number of VMs or routes from 10 on, not \(value)"
      }
      largest = number
    case "--plot": plot = value
    default: from = value
    }
    return nil
  }
}
