/// The words in which the table of commands explains itself.
extension Command {
  /// The parts of the usage line, what is required first; none of them is to be broken.
  var usage: [String] {
    positionals.map(\.usage)
      + options.filter(\.isRequired).map(\.usageWithRepetition)
      + options.filter { !$0.isRequired }.map(\.usageWithRepetition)
  }

  /// The parts that no command line of this command can do without.
  var requiredUsage: [String] {
    positionals.filter(\.isRequired).map(\.name) + options.filter(\.isRequired).map(\.usage)
  }
}

extension Positional {
  /// What help says about it, with what there is to know in parentheses.
  var explanation: String {
    help.noting([isRequired ? nil : "optional", isRepeatable ? "may be repeated" : nil])
  }
}

extension Option {
  fileprivate var usageWithRepetition: String {
    (isRequired ? usage : "[\(usage)]") + (isRepeatable ? "..." : "")
  }

  /// What help says about it, with what there is to know in parentheses.
  var explanation: String {
    let values: String? =
      switch kind {
      case .flag, .text: nil
      case .number(let range) where range.upperBound == .max: "a number from \(range.lowerBound) up"
      case .number(let range): "a number \(range.inWords)"
      case .choice(let choices): choices.listed(with: "or")
      }
    let standard: String? =
      switch fallback {
      case .text(let text): "default \(text)"
      case .number(let number): "default \(number)"
      case .present, nil: nil
      }
    return help.noting([
      isRequired ? "required" : nil, values, standard, isRepeatable ? "may be repeated" : nil,
    ])
  }
}

extension String {
  /// The text with notes in parentheses behind it.
  fileprivate func noting(_ notes: [String?]) -> String {
    let notes = notes.compactMap { $0 }
    return notes.isEmpty ? self : "\(self) (\(notes.joined(separator: "; ")))"
  }
}
