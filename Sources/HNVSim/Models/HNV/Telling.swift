import HNVCore

/// A policy item that is delivered to hosts, or removed.
enum Telling: Equatable {
  /// The records of a piece of policy, as they should be by now.
  case records(PolicyItem, [LookupRecord])
  /// The routes of a piece of policy.
  case routes(PolicyItem, [CustomerRoute])
  /// All that there is.
  case everything(ForwardingPolicy)
  /// A piece of policy that is withheld.
  case withheld(PolicyItem)

  /// The policy of a host after the change, given the one before.
  func result(on before: ForwardingPolicy) -> ForwardingPolicy {
    var policy = before
    switch self {
    case .records(let item, let records):
      policy.remove(item)
      let keys = Set(records.map(\.key))
      policy.lookupRecords.removeAll { keys.contains($0.key) }
      policy.lookupRecords += records
    case .routes(let item, let routes):
      policy.remove(item)
      policy.customerRoutes += routes
    case .everything(let whole): policy = whole
    case .withheld(let item): policy.remove(item)
    }
    return policy
  }
}

/// The result of a change: once for hosts that had the same policy.
struct Told {
  let telling: Telling
  private var results: [(before: ForwardingPolicy, after: ForwardingPolicy)] = []

  init(telling: Telling) { self.telling = telling }

  /// What a host holds afterwards; mostly it shares what another held, which one look shows.
  mutating func result(on before: ForwardingPolicy) -> ForwardingPolicy {
    if let known = results.last(where: { $0.before == before }) { return known.after }
    let after = telling.result(on: before)
    results.append((before, after))
    return after
  }
}

extension ForwardingPolicy {
  /// Removes every record or route that a piece of policy is about.
  fileprivate mutating func remove(_ item: PolicyItem) {
    switch item {
    case .record(let address): lookupRecords.removeAll { $0.customerAddress == address }
    case .route(let prefix): customerRoutes.removeAll { $0.destinationPrefix == prefix }
    case .everything: self = ForwardingPolicy()
    }
  }
}
