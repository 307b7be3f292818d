import Foundation

/// DPDK's tables, measured by a small C program of their own (`Peers/dpdk.c`).
///
/// The program is compiled here, when DPDK's library is installed.
struct DPDKPeer {
  private let program: URL

  /// Compiles the program; `nil`, with the reason on the standard error, without the library.
  init?() {
    guard Self.output(of: ["pkg-config", "--exists", "libdpdk"]) != nil else {
      Progress.say(
        "DPDK is not installed (pkg-config --exists libdpdk): rte_lpm and rte_fib are not measured")
      return nil
    }
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().appending(path: "../../../Peers").standardized
    program = FileManager.default.temporaryDirectory.appending(path: "hnv-bench-dpdk")
    let script = folder.appending(path: "build.sh").path
    guard Self.output(of: ["sh", script, program.path]) != nil else {
      Progress.say("Peers/dpdk.c does not compile: rte_lpm and rte_fib are not measured")
      return nil
    }
  }

  /// One line of the program's answer.
  struct Measurement {
    let table: String
    let set: Int
    let order: Order
    let spread: Spread
    let checksum: UInt64
  }

  /// What the program says about one table.
  struct Answer {
    var lookups: [Measurement] = []
    /// The nanoseconds of an insertion and of a deletion in `rte_fib`.
    var changes: (insert: Double, delete: Double)?
  }

  /// Measures both tables; `nil`, with the reason on the standard error, when the program fails.
  func measure(_ routes: [Route<UInt32>], _ sets: [[UInt32]]) -> Answer? {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "hnv-bench-\(ProcessInfo.processInfo.processIdentifier).routes")
    defer { try? FileManager.default.removeItem(at: file) }
    var words: [UInt32] = [UInt32(routes.count), UInt32(sets.count), UInt32(sets[0].count)]
    for route in routes.sorted(by: { $0.length < $1.length }) {
      words += [route.bits, UInt32(route.length), route.value]
    }
    for set in sets { words += set }
    do {
      try words.withUnsafeBytes { Data($0) }.write(to: file)
    } catch {
      Progress.say("DPDK: \(error.localizedDescription)")
      return nil
    }
    guard let text = Self.output(of: [program.path], input: file) else {
      Progress.say("DPDK: the program failed, so rte_lpm and rte_fib are not measured here")
      return nil
    }
    return Self.parse(text)
  }

  static func parse(_ text: String) -> Answer {
    var answer = Answer()
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.first == "changes", words.count == 3, let insert = Double(words[1]),
        let delete = Double(words[2])
      {
        answer.changes = (insert, delete)
      } else if words.count > 4, let set = Int(words[1]), let order = Order(rawValue: words[2]),
        let checksum = UInt64(words[words.count - 1])
      {
        let runs = words[3..<(words.count - 1)].compactMap(Double.init)
        answer.lookups.append(
          Measurement(
            table: words[0], set: set, order: order, spread: Spread(runs), checksum: checksum))
      }
    }
    return answer
  }

  /// What a command writes; `nil` when it cannot be run or fails.
  private static func output(of command: [String], input: URL? = nil) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    if let input {
      guard let handle = try? FileHandle(forReadingFrom: input) else { return nil }
      process.standardInput = handle
    }
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
