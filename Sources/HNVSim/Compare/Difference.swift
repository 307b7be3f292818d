extension Comparison {
  /// Pairs whose packets differ in one aspect under a model from the first, in the same way.
  public struct Difference: Hashable, Sendable {
    /// The model's name.
    public let model: String
    /// The model from which it differs: the first.
    public let baseline: String
    /// What differs.
    public let aspect: Aspect
    /// Who sends to whom.
    public let pairs: [Pair]
    /// The aspect under the model, and under the baseline, in words.
    public let summary: String
    /// The step that causes it under the model, of the first pair's packet; `nil` for none.
    public let step: Evidence?
    /// The step that decides it under the baseline; `nil` for none.
    public let baselineStep: Evidence?
  }

  /// A property of a packet that can differ.
  public enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// Whether it arrives and is answered.
    case outcome
    /// Its TTL on arrival.
    case timeToLive
    /// Its MAC addresses on arrival.
    case macAddresses
    /// The machines that forward it, and the number of times that it crosses the underlay.
    case way
    /// The bytes of its encapsulation.
    case overhead
    /// The redirects that its sender is sent.
    case redirects
  }

  /// Who sends to whom.
  public struct Pair: Hashable, Sendable, CustomStringConvertible {
    /// Who sends.
    public let from: String
    /// Where to.
    public let to: String

    /// `A -> B`.
    public var description: String { "\(from) -> \(to)" }
  }

  /// A step that causes a difference, and where it was taken.
  public struct Evidence: Hashable, Sendable {
    /// The element.
    public let element: String
    /// What it did.
    public let step: Step
  }

  /// The differences, model by model.
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

  /// The rows in which an aspect differs, grouped by the two readings.
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
    let traces = [column, base].map { number in
      fabrics[number].flatMap { try? $0.trace(question) }
    }
    let evidence = zip(traces, traces.reversed()).map { trace, other in
      trace.flatMap { aspect.evidence(in: $0, unlike: other) }
    }
    return Difference(
      model: columns[column].model, baseline: columns[base].model, aspect: aspect,
      pairs: group.map { Pair(from: rows[$0].from, to: rows[$0].to) },
      summary: "\(mine); under \(columns[base].model): \(other)", step: evidence[0],
      baselineStep: evidence[1])
  }
}

extension Comparison.Aspect {
  /// The aspect of a packet in words; `nil` where it has none, as the TTL of a dropped packet.
  func reading(of observation: Observation) -> String? {
    switch self {
    case .outcome: return outcome(observation)
    case .timeToLive:
      return observation.arrival.map {
        "arrives with TTL \($0.timeToLive)"
      }
    case .macAddresses:
      return observation.arrival.map { arrival in
        switch arrival.macAddresses {
        case .kept: "MAC addresses kept"
        case .destinationRewritten: "destination MAC rewritten"
        case .bothRewritten: "both MAC addresses rewritten"
        }
      }
    case .way: return observation.arrival == nil ? nil : way(observation)
    case .overhead:
      guard observation.crossings > 0 else { return nil }
      return observation.overhead.map {
        $0 == 0
          ? "crosses the underlay without encapsulation"
          : "crosses the underlay with \($0) bytes of encapsulation"
      } ?? "crosses the underlay with an encapsulation that is not published"
    case .redirects:
      return observation.redirects == 0
        ? "no redirect is sent" : "a redirect is sent"
    }
  }

  private func outcome(_ observation: Observation) -> String {
    guard let loss = observation.loss else { return "delivered, reply received" }
    // Not the element: hosts under one model do what a switch does under another.
    return switch loss.subject {
    case .packet: "dropped (\(loss.disposition))"
    case .copy: "a copy dropped (\(loss.disposition))"
    case .answer: "delivered, reply dropped (\(loss.disposition))"
    }
  }

  private func way(_ observation: Observation) -> String {
    let through =
      observation.through.isEmpty ? "" : " through \(observation.through.joined(separator: ", "))"
    return switch observation.crossings {
    case 0: "stays on one host\(through)"
    case 1: "crosses the underlay once\(through)"
    case 2: "crosses the underlay twice\(through)"
    case let count: "crosses the underlay \(count) times\(through)"
    }
  }

  /// The step of a trace that decided the aspect, which differs in another trace.
  func evidence(in trace: Trace, unlike other: Trace?) -> Comparison.Evidence? {
    let steps = trace.stepsOfArrival
    switch self {
    case .outcome:
      return trace.failure?.decision.map {
        Comparison.Evidence(element: $0.element, step: $0.step)
      }
    case .timeToLive: return steps.last { $0.step.changes(.timeToLive) }
    case .macAddresses:
      return steps.last { $0.step.changes(.sourceMAC) }
        ?? steps.last { $0.step.changes(.destinationMAC) }
        ?? steps.last { $0.step.action == .transmitted || $0.step.action == .rewritten }
    case .way:
      let through = trace.arriving.through
      let others = other?.arriving.through ?? []
      let forwarding = steps.filter {
        through != others && through.contains($0.element) && $0.step.changes(.timeToLive)
      }
      let same = Set(other?.stepsOfArrival ?? [])
      let unlike = steps.filter { !same.contains($0) }
      return forwarding.first { !others.contains($0.element) } ?? forwarding.first
        ?? unlike.first { $0.step.action == .encapsulated }
        ?? unlike.first { $0.step.action == .forwarded || $0.step.action == .delivered }
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
  /// The steps of the packet and of the copies by which it arrived.
  fileprivate var stepsOfArrival: [Comparison.Evidence] {
    wayOfArrival.flatMap(\.hops).flatMap { hop in
      hop.steps.map { Comparison.Evidence(element: hop.element, step: $0) }
    }
  }
}
