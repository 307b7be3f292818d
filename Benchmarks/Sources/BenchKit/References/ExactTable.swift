import ExactMatch
import HNVCore

/// The hand-written open-addressing table in C, for one family.
final class ExactTable {
  private enum Table {
    case v4(OpaquePointer, [exact_key4])
    case v6(OpaquePointer, [exact_key6])
  }

  private let table: Table

  /// Builds a table of keys and gets the keys to look up ready; `nil` when memory is short.
  init?(_ keys: [SubnetAddress], lookingUp wanted: [SubnetAddress], isIPv6: Bool) {
    if isIPv6 {
      guard let table = exact_build6(keys.map(\.v6), keys.count) else { return nil }
      self.table = .v6(table, wanted.map(\.v6))
    } else {
      guard let table = exact_build4(keys.map(\.v4), keys.count) else { return nil }
      self.table = .v4(table, wanted.map(\.v4))
    }
  }

  deinit {
    switch table {
    case .v4(let table, _): exact_free4(table)
    case .v6(let table, _): exact_free6(table)
    }
  }

  /// The sum of what is found for all keys that were to be looked up.
  func run(_ order: Order) -> UInt64 {
    let order =
      switch order {
      case .dependent: exact_dependent
      case .independent: exact_independent
      case .batched: exact_batched
      }
    return switch table {
    case .v4(let table, let keys): exact_run4(table, keys, keys.count, order)
    case .v6(let table, let keys): exact_run6(table, keys, keys.count, order)
    }
  }

  /// The memory of the table.
  var byteCount: Int {
    switch table {
    case .v4(let table, _): exact_bytes4(table)
    case .v6(let table, _): exact_bytes6(table)
    }
  }
}

extension SubnetAddress {
  fileprivate var v4: exact_key4 {
    exact_key4(subnet: subnet.number, address: UInt32(truncatingIfNeeded: bits))
  }

  fileprivate var v6: exact_key6 {
    exact_key6(
      high: UInt64(truncatingIfNeeded: bits >> 64), low: UInt64(truncatingIfNeeded: bits),
      subnet: UInt64(subnet.number), unused: 0)
  }
}
