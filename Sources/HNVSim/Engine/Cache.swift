import Synchronization

/// What elements are made of, which a network's runs share; a limited number of them.
final class Cache<Value: Sendable>: Sendable {
  /// How many are kept: enough for the runs of a session, and little beside a large lab.
  private static var limit: Int { 1_024 }

  private let values = Mutex<[Int: Value]>([:])

  /// The value of a number, made when it is first asked for, and again when it was forgotten.
  ///
  /// - Complexity: O(1) on average, beside making one.
  func value(_ number: Int, make: () -> Value) -> Value {
    if let known = values.withLock({ $0[number] }) { return known }
    let made = make()
    values.withLock { values in
      if values.count >= Self.limit { values.removeAll() }
      values[number] = made
    }
    return made
  }
}
