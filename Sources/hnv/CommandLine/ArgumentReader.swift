import HNVCore
import HNVSim

/// Reads the arguments of one command against its table and gathers what is wrong on the way.
///
/// Where it can tell what was meant, as with an option whose name is almost right, it carries on
/// as if that had been written: one slip is reported as one diagnostic.
struct ArgumentReader {
  /// What is wrong so far.
  private(set) var diagnostics: [Diagnostic] = []

  /// Whether `--help` was among the arguments.
  private(set) var asksForHelp = false

  private let command: Command
  private let program: String
  private let options: [Option]
  private var rest: ArraySlice<String> = []
  private var values: [String: [Option.Value]] = [:]
  private var words: [String: [String]] = [:]
  private var wordCount = 0

  // Named on the command line, whether or not what followed was any good.
  private var namedOptions: Set<String> = []
  private var guessedOptions: Set<String> = []

  init(_ command: Command, program: String) {
    self.command = command
    self.program = program
    options = command.options + [.help]
  }

  /// Reads all the arguments that follow the command's name.
  mutating func read(_ arguments: ArraySlice<String>) {
    rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        while let word = rest.popFirst() { readWord(word) }
      } else if looksLikeOption(argument) {
        readOption(argument)
      } else {
        readWord(argument)
      }
    }
    noteMissing()
  }

  /// What was read.
  ///
  /// - Throws: Everything that is wrong.
  func finish() throws(Diagnostics) -> ParsedCommand {
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return ParsedCommand(command, values: values, words: words)
  }
}

extension ArgumentReader {
  private mutating func readWord(_ word: String) {
    defer { wordCount += 1 }
    let last = command.positionals.last { $0.isRepeatable }
    guard let positional = command.positionals.dropFirst(wordCount).first ?? last else {
      diagnostics.append(.extraArgument(word, of: command))
      return
    }
    if word.isEmpty { diagnostics.append(.emptyArgument(positional)) }
    words[positional.name, default: []].append(word)
  }

  private mutating func readOption(_ argument: String) {
    let (spelling, attached) = split(argument)
    if let option = option(spelled: spelling) {
      if option.name == Option.help.name, attached == nil { asksForHelp = true }
      if !namedOptions.insert(option.name).inserted, !option.isRepeatable {
        diagnostics.append(.repeatedOption(argument, option))
      }
      readValue(of: option, attached)
    } else {
      let nearest = nearestOption(to: spelling)
      diagnostics.append(.unknownOption(argument, spelling, nearest: nearest, of: command, program))
      guard let nearest else {
        if attached == nil { skipSurplusValue() }
        return
      }
      guessedOptions.insert(nearest.name)
      readValue(of: nearest, attached)
    }
  }

  /// Skips the word behind an unknown option where it can only be the option's value: no argument
  /// is left that it could be, or another word follows that is one.
  private mutating func skipSurplusValue() {
    let isFull =
      wordCount >= command.positionals.count && !command.positionals.contains(where: \.isRepeatable)
    guard let next = rest.first, !looksLikeOption(next) else { return }
    let isFollowed = rest.dropFirst().first.map { !looksLikeOption($0) } ?? false
    if isFull || isFollowed { rest.removeFirst() }
  }

  private mutating func readValue(of option: Option, _ attached: String?) {
    do throws(Diagnostic) {
      if let attached {
        values[option.name, default: []].append(try option.value(from: attached))
      } else if option.kind == .flag {
        values[option.name] = [.present]
      } else {
        let text = try takeValue(of: option)
        values[option.name, default: []].append(try option.value(from: text))
      }
    } catch {
      diagnostics.append(error)
    }
  }

  private mutating func takeValue(of option: Option) throws(Diagnostic) -> String {
    guard let next = rest.first else {
      throw .missingValue(of: option, instead: "nothing follows")
    }
    if !looksLikeOption(next) {
      rest.removeFirst()
      return next
    }
    let spelling = split(next).spelling
    let isOption =
      next == "--" || self.option(spelled: spelling) != nil || nearestOption(to: spelling) != nil
    if isOption { throw .missingValue(of: option, instead: "\(next) follows") }
    // What is no option at all was meant as the value, so it is not to be blamed a second time.
    rest.removeFirst()
    throw .missingValue(of: option, meant: next)
  }

  private mutating func noteMissing() {
    let arguments = command.positionals.filter { $0.isRequired && words[$0.name] == nil }
    let options = command.options.filter {
      $0.isRequired && !namedOptions.contains($0.name) && !guessedOptions.contains($0.name)
    }
    if !arguments.isEmpty || !options.isEmpty {
      diagnostics.append(.missing(arguments, options, of: command, program))
    }
  }
}

extension ArgumentReader {
  /// A lone `-` is by custom the name of the standard input, and so a word like any other.
  private func looksLikeOption(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument != "-"
  }

  private func split(_ argument: String) -> (spelling: String, attached: String?) {
    guard let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[equals...].dropFirst()))
  }

  private func option(spelled spelling: String) -> Option? {
    if spelling == "-h" { return .help }
    return options.first { $0.spelling == spelling }
  }

  private func nearestOption(to spelling: String) -> Option? {
    let name = NearestName.of(String(spelling.drop { $0 == "-" }), among: options.map(\.name))
    return options.first { $0.name == name }
  }
}
