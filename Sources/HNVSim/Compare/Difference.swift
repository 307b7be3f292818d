extension Comparison {
  /// Pairs of which one thing is otherwise under a model than under the first, for one reason.
  public struct Difference: Hashable, Sendable {
    /// The model's name.
    public let model: String
    /// The model from which it differs: the first.
    public let baseline: String
    /// What differs.
    public let aspect: Aspect
    /// Who sends to whom.
    public let pairs: [Pair]
    /// What comes of it here and there, in words.
    public let summary: String
    /// The step of the first pair's packet that shows it under the model; `nil` where none does.
    public let step: Evidence?
    /// The step that shows how it is under the baseline; `nil` where none does.
    public let baselineStep: Evidence?
  }

  /// What of a packet can differ.
  public enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// Whether it arrives and is answered.
    case outcome
    /// The TTL that it arrives with.
    case timeToLive
    /// The MAC addresses that it arrives with.
    case macAddresses
    /// The machines that forward it, and how often it goes from host to host.
    case way
    /// The bytes that the underlay carries for it beside its own.
    case overhead
    /// The better ways that its sender is told of.
    case redirects
  }

  /// Who sends to whom.
  public struct Pair: Hashable, Sendable, Encodable, CustomStringConvertible {
    /// Who sends.
    public let from: String
    /// Where to.
    public let to: String

    /// `A -> B`.
    public var description: String { "\(from) -> \(to)" }
  }

  /// A step that shows a difference, and where it was taken.
  public struct Evidence: Hashable, Sendable, Encodable {
    /// The element.
    public let element: String
    /// What it did.
    public let step: Step
  }

  /// What is otherwise, model by model.
  static func differences(
    _ columns: [Column], _ rows: [Row], _ fabrics: [Fabric?]
  ) -> [Difference] {
    guard let base = columns.indices.first(where: { !columns[$0].isRefused }) else { return [] }
    return columns.indices.filter { $0 != base && !columns[$0].isRefused }.flatMap { column in
      Aspect.allCases.flatMap { aspect in
        groups(of: aspect, column, base, rows).compactMap { group in
          difference(in: group, aspect, column, base, columns, rows, fabrics)
        }
      }
    }
  }

  /// The rows in which an aspect differs, those with the same two readings together.
  private static func groups(
    of aspect: Aspect, _ column: Int, _ base: Int, _ rows: [Row]
  ) -> [[Int]] {
    var order: [[String]] = []
    var groups: [[String]: [Int]] = [:]
    for (number, row) in rows.enumerated() {
      guard let here = row.cells[column], let there = row.cells[base],
        let mine = aspect.reading(of: here), let other = aspect.reading(of: there), mine != other
      else { continue }
      if groups[[mine, other]] == nil { order.append([mine, other]) }
      groups[[mine, other], default: []].append(number)
    }
    return order.compactMap { groups[$0] }
  }

  private static func difference(
    in group: [Int], _ aspect: Aspect, _ column: Int, _ base: Int, _ columns: [Column],
    _ rows: [Row], _ fabrics: [Fabric?]
  ) -> Difference? {
    guard let first = group.first, let here = rows[first].cells[column],
      let there = rows[first].cells[base], let mine = aspect.reading(of: here),
      let other = aspect.reading(of: there)
    else { return nil }
    let question = Question(from: rows[first].from, to: rows[first].to)
    let evidence = [column, base].map { number in
      fabrics[number].flatMap { try? $0.trace(question) }.flatMap { aspect.evidence(in: $0) }
    }
    return Difference(
      model: columns[column].model, baseline: columns[base].model, aspect: aspect,
      pairs: group.map { Pair(from: rows[$0].from, to: rows[$0].to) },
      summary: "\(mine); under \(columns[base].model) \(other)", step: evidence[0],
      baselineStep: evidence[1])
  }
}

extension Comparison.Aspect {
  /// What a packet shows of the aspect, in words; `nil` where it shows nothing, as the TTL
  /// of a packet that was lost.
  func reading(of observation: Observation) -> String? {
    switch self {
    case .outcome: return outcome(observation)
    case .timeToLive:
      return observation.arrival.map {
        "arrives with a TTL of \($0.timeToLive)"
      }
    case .macAddresses:
      return observation.arrival.map { arrival in
        switch arrival.macAddresses {
        case .kept: "arrives with its MAC addresses as they were sent"
        case .destinationRewritten: "arrives with the sender's MAC address and another destination"
        case .bothRewritten: "arrives with other MAC addresses than were sent"
        }
      }
    case .way: return observation.arrival == nil ? nil : way(observation)
    case .overhead:
      guard observation.crossings > 0 else { return nil }
      return observation.overhead.map {
        $0 == 0
          ? "crosses the underlay as it is" : "crosses the underlay with \($0) bytes around it"
      } ?? "crosses the underlay in a way that nobody has published"
    case .redirects:
      return observation.redirects == 0
        ? "the sender is told of no better way" : "the sender is told of a better way"
    }
  }

  private func outcome(_ observation: Observation) -> String {
    guard let failure = observation.failure else { return "arrives and is answered" }
    // Where is in the step: hosts under one model do what a switch does under another.
    return observation.disposition.isSuccess
      ? "arrives, and the answer is lost, \(failure)" : "is lost, \(failure)"
  }

  private func way(_ observation: Observation) -> String {
    let through =
      observation.through.isEmpty ? "" : " through \(observation.through.joined(separator: ", "))"
    return switch observation.crossings {
    case 0: "stays on one host\(through)"
    case 1: "goes from host to host once\(through)"
    case 2: "goes from host to host twice\(through)"
    case let count: "goes from host to host \(count) times\(through)"
    }
  }

  /// The step of a trace that shows the aspect.
  func evidence(in trace: Trace) -> Comparison.Evidence? {
    let steps = trace.stepsOfArrival
    switch self {
    case .outcome:
      return trace.failure?.decision.map {
        Comparison.Evidence(element: $0.element, step: $0.step)
      }
    case .timeToLive: return steps.last { $0.step.changes("TTL") }
    case .macAddresses:
      return steps.last { $0.step.changes("source MAC") }
        ?? steps.last { $0.step.changes("destination MAC") }
        ?? steps.last { $0.step.action == .transmitted || $0.step.action == .rewritten }
    case .way:
      let through = trace.arriving.through
      return steps.first { through.contains($0.element) && $0.step.changes("TTL") }
        ?? steps.first { $0.step.action == .encapsulated }
        ?? steps.first { $0.step.action == .forwarded || $0.step.action == .delivered }
    case .overhead: return steps.first { $0.step.action == .encapsulated }
    case .redirects:
      return trace.redirects.first.flatMap { redirect in
        redirect.hops.first.flatMap { hop in
          hop.steps.first.map { Comparison.Evidence(element: hop.element, step: $0) }
        }
      }
    }
  }
}

extension Trace {
  /// The steps on the packet's way, those of the copy that arrived included.
  fileprivate var stepsOfArrival: [Comparison.Evidence] {
    wayOfArrival.flatMap(\.hops).flatMap { hop in
      hop.steps.map { Comparison.Evidence(element: hop.element, step: $0) }
    }
  }
}

extension Step {
  fileprivate func changes(_ field: String) -> Bool { changes.contains { $0.field == field } }
}
