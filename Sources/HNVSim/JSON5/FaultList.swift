import HNVCore

/// Gathers faults, up to a limit that keeps a broken file of any size from filling the memory.
struct FaultList {
  /// How many faults are worth reporting; more are the same mistake made everywhere.
  static let limit = 1_000

  /// The faults in the order of the file; the last one says so where further ones are left out.
  private(set) var all: [Fault] = []

  /// Whether nothing is wrong so far.
  var isEmpty: Bool { all.isEmpty }

  /// Adds a fault, which is not even worded beyond the limit.
  mutating func add(_ fault: @autoclosure () -> Fault) {
    guard all.count <= Self.limit else { return }
    let fault = fault()
    guard all.count == Self.limit else { return all.append(fault) }
    all.append(
      Fault(
        .tooManyFaults, value: fault.value,
        "\(Self.limit) faults are reported, and here is another", at: fault.place))
  }
}
