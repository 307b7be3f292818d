/// The floors of the sizes that were asked for, each measured once in a run.
final class Floors {
  private var known: [Int: MemoryFloor] = [:]

  /// The floor of a region of at least this many bytes, the next power of two.
  func floor(of byteCount: Int) -> MemoryFloor {
    var size = 32 << 10
    while size < byteCount, size < 1 << 30 { size *= 2 }
    if let floor = known[size] { return floor }
    if size >= 256 << 20 { Progress.say("measuring what memory allows: \(size >> 20) MiB") }
    let floor = MemoryFloor(byteCount: size)
    known[size] = floor
    return floor
  }

  /// What of the region of 1 GiB was in pages of 2 MiB; `nil` where that is unknown.
  var hugeByteCountOfOneGibibyte: Int? { floor(of: 1 << 30).hugeByteCount }

  /// The dependent load that absolute targets are scaled by.
  var dependentLoadFromOneGibibyte: Double { floor(of: 1 << 30).dependent.value }
}
