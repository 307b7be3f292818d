import HNVCore

/// The decision under measurement; what is called of the library stands here alone.
struct Decider {
  let router: HostRouter
  private let state = HostState()

  init(router: HostRouter) { self.router = router }

  /// A number that stands for what was decided; 0 for a refusal.
  func verdict(_ frame: FlowKey, from port: Int) -> UInt32 {
    Self.number(router.decide(frame, from: port, state: state, at: 0).decision)
  }

  /// The same of a decision whose grounds are read.
  func explainedVerdict(_ frame: FlowKey, from port: Int) -> UInt32 {
    let outcome = router.decide(frame, from: port, state: state, at: 0)
    return outcome.grounds.route == nil ? 0 : Self.number(outcome.decision)
  }

  private static func number(_ decision: Decision) -> UInt32 {
    switch decision {
    case .deliver(let port, _): Flow.number(ofPort: port)
    case .encapsulate(let tunnel, _): Flow.number(ofTunnelTo: tunnel.destination)
    case .translate, .replicate, .answer, .answerEcho, .absorb, .bypass, .refuse: 0
    }
  }

  func run(_ flows: Flows, _ order: Order) -> UInt64 {
    var sum: UInt64 = 0
    switch order {
    case .dependent:
      let zero = opaqueZero
      var last: UInt32 = 0
      for place in flows.all.indices {
        let place = place + Int(last & zero)
        last = verdict(flows.all[place].key, from: flows.all[place].port)
        sum &+= UInt64(last)
      }
    case .independent:
      for place in flows.all.indices {
        sum &+= UInt64(verdict(flows.all[place].key, from: flows.all[place].port))
      }
    case .batched:
      var batch = DecisionBatch()
      for start in stride(from: 0, to: flows.count, by: Order.batchCount) {
        let some = flows.all[start..<min(start + Order.batchCount, flows.count)]
        batch.decide(some, by: router, state: state, at: 0)
        for place in batch.outcomes.indices {
          sum &+= UInt64(Self.number(batch.outcomes[place].decision))
        }
      }
    }
    return sum
  }

  func runExplained(_ flows: Flows) -> UInt64 {
    var sum: UInt64 = 0
    for place in flows.all.indices {
      sum &+= UInt64(explainedVerdict(flows.all[place].key, from: flows.all[place].port))
    }
    return sum
  }
}
