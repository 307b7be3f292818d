import HNVCore
import Testing

/// One thing done wrong to the article's network, and everything that should be said about it.
struct CheckRow: Sendable, CustomTestStringConvertible {
  struct Expectation: Hashable, Sendable {
    let rule: DiagnosticRule
    let subject: Subject
  }

  let testDescription: String
  let expected: [Expectation]
  let diagnostics: @Sendable (Article) throws -> [Diagnostic]
  /// The mistaken policy; `nil` where there is none.
  let policy: (@Sendable (Article) throws -> NetworkPolicy)?

  /// A mistake in a policy.
  init(
    _ name: String, _ rule: DiagnosticRule, _ subject: Subject,
    _ change: @escaping @Sendable (Article, inout NetworkPolicy) throws -> Void
  ) {
    testDescription = name
    expected = [Expectation(rule: rule, subject: subject)]
    let mistaken: @Sendable (Article) throws -> NetworkPolicy = { article in
      var policy = try article.policy()
      try change(article, &policy)
      return policy
    }
    policy = mistaken
    diagnostics = { try mistaken($0).check() }
  }

  /// A value that is refused before it is part of a policy.
  init(
    refused name: String, _ rule: DiagnosticRule, _ subject: Subject = .text,
    _ attempt: @escaping @Sendable (Article) throws -> Void
  ) {
    testDescription = name
    expected = [Expectation(rule: rule, subject: subject)]
    policy = nil
    diagnostics = { article in
      do {
        try attempt(article)
        return []
      } catch let diagnostic as Diagnostic {
        return [diagnostic]
      } catch let diagnostics as Diagnostics {
        return diagnostics.all
      }
    }
  }
}

extension [Diagnostic] {
  var expectations: [CheckRow.Expectation] {
    map { CheckRow.Expectation(rule: $0.rule, subject: $0.subject) }
  }
}
