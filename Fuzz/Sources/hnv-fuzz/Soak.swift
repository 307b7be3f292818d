import Foundation
import HNVSim

/// Runs every lab many times in one process and compares its memory before and after.
///
/// A run that outlives itself shows here: the packets that wait in a lab's run take megabytes.
struct Soak {
  /// How much the process may grow over the first three quarters of a lab's runs, in bytes;
  /// allocators keep some pages.
  static let allowance = 3 << 20

  struct Growth: Error {
    let lab: String
    let bytes: Int
  }

  /// Runs each lab `count` times.
  ///
  /// - Returns: The number of runs.
  /// - Throws: `Growth` for the first lab whose runs leave memory behind, or what reading throws.
  static func run(each count: Int, say: (String) -> Void) throws -> Int {
    let files = try LabTarget.files()
    for file in files {
      let name = file.lastPathComponent
      let lab = try Lab(contentsOf: file.path)
      // What is made once for all runs exists from here on.
      _ = LabRun(lab)
      let before = try residentBytes()
      // A large run takes megabytes while it lasts, of which the allocator gives back now more and
      // now less; what runs leave behind is there after each of them.
      var least = Int.max
      for number in 0..<count {
        _ = LabRun(lab)
        if number >= count * 3 / 4 { least = min(least, try residentBytes()) }
      }
      let growth = least - before
      say("\(name): \(count) runs, \(growth >> 10) KiB more")
      guard growth < allowance else { throw Growth(lab: name, bytes: growth) }
    }
    return files.count * count
  }

  /// The resident memory of the process (proc(5), statm: the second number, in pages); 0 where
  /// there is no such file.
  private static func residentBytes() throws -> Int {
    let file = "/proc/self/statm"
    guard FileManager.default.fileExists(atPath: file) else { return 0 }
    let numbers = try String(contentsOfFile: file, encoding: .utf8).split(separator: " ")
    return (numbers.count > 1 ? Int(numbers[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
