import Allocator
import Foundation

/// The size of the pages in which the system keeps the memory of the process.
///
/// A large table is quicker in pages of 2 MiB, for the processor remembers where few pages lie.
enum Pages {
  /// What has glibc's allocator ask for pages of 2 MiB; it is read when a process starts.
  static let variable = "GLIBC_TUNABLES"
  static let tunable = "glibc.malloc.hugetlb=1"

  /// Whether this process asks for them.
  static var areHuge: Bool {
    ProcessInfo.processInfo.environment[variable]?.contains(tunable) == true
  }

  /// Why they cannot be had; `nil` where they can.
  static var objection: String? {
    guard allocator_knows_huge_pages() else {
      return "the C library is not glibc from 2.35 on, which can be told to use them"
    }
    let file = "/sys/kernel/mm/transparent_hugepage/enabled"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? "[never]"
    return text.contains("[never]") ? "the system does not give them (\(file))" : nil
  }

  /// The bytes of this process in them now (`/proc/self/smaps_rollup`); `nil` where it is unknown.
  static var hugeByteCount: Int? {
    let text = try? String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("AnonHugePages:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 << 10 }
  }
}
