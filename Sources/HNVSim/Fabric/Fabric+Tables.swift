public import HNVCore

extension Fabric {
  /// The hosts, in declared order.
  public var hosts: [String] { network.intent.hosts.map(\.name) }

  private var hnv: HNVNetwork? { network as? HNVNetwork }

  /// The router of a host under HNV, as the lab's initial state has it.
  ///
  /// - Throws: an unknown host, with the nearest name; another model, which has no such router.
  public func router(of host: String) throws(Diagnostics) -> HostRouter {
    guard let network = hnv else {
      throw Diagnostics([
        Diagnostic(
          .unknownName, in: .named("model"), value: model,
          "under \(model) hosts have no router of HNV", fix: "wire the lab up under hnv")
      ])
    }
    guard let index = hosts.firstIndex(of: host) else {
      let nearest = NearestName.of(host, among: hosts).map { "did you mean \($0)?" }
      throw Diagnostics([
        Diagnostic(
          .unknownName, in: .named("host"), value: host, "the lab has no host \(host)",
          fix: nearest ?? "name one of \(hosts.prefix(20).joined(separator: ", "))")
      ])
    }
    return network.routers[index]
  }

  /// Why a host has no answer, and what would fix it, in words.
  public func words(for refusal: Refusal, on host: HostRouter) -> String {
    guard let network = hnv else { return "" }
    let words = HNVWords(router: host, state: HNVState(network: network), frame: nil)
    let step = words.step(for: refusal)
    var lines = ["\(words.disposition(of: refusal))  \(step.detail)"]
    for near in step.lookup?.nearest ?? [] { lines.append("  nearest  \(near)") }
    if let fix = step.fix { lines.append("  fix     \(fix)") }
    return lines.joined(separator: "\n")
  }

  /// The lab's name of a routing domain; `nil` for one that it does not have.
  public func networkName(of domain: RoutingDomainID) -> String? {
    hnv?.networkName(of: domain)
  }

  /// What the lab expects of a pair in its initial state; `nil` where it expects nothing.
  public func expectation(for question: Question) -> String? {
    expected(for: question)?.outcome.text
  }

  /// Whether a verdict is what the lab expects, or reachable where it expects nothing.
  public func isAsExpected(_ reachability: Reachability) -> Bool {
    guard let expected = expected(for: reachability.question) else {
      return reachability.isReachable
    }
    let isOnWay = expected.through.map { $0 == reachability.through } ?? true
    return isOnWay
      && expected.outcome.holds(for: reachability.disposition, failure: reachability.failure)
  }

  private func expected(
    for question: Question
  ) -> (outcome: Timeline.Outcome, through: [String]?)? {
    for expectation in timeline.expectations {
      guard case .packet(question, at: nil, let outcome, let through) = expectation.claim
      else { continue }
      return (outcome, through)
    }
    return nil
  }
}
