import Allocator
import Foundation

/// How much memory the process holds.
enum Memory {
  /// The bytes that the allocator has handed out; `nil` where it cannot be asked (`mallinfo2`,
  /// glibc 2.33 and later).
  static var inUse: Int? {
    let bytes = allocator_bytes_in_use()
    return bytes < 0 ? nil : Int(bytes)
  }

  /// Makes a value and tells by how many bytes it made the memory in use grow.
  static func growth<Made>(_ make: () throws -> Made) rethrows -> (made: Made, bytes: Int?) {
    let before = inUse
    let made = try make()
    let after = inUse
    return (made, before.flatMap { before in after.map { max(0, $0 - before) } })
  }

  /// The bytes that can still be had without paging (`/proc/meminfo`), or else half of the
  /// machine's memory.
  static var available: Int {
    let text = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let digits = line.filter(\.isNumber)
      if let kibibytes = Int(digits) { return kibibytes << 10 }
    }
    return Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)
  }
}
