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

  /// Lookups of one set of destinations in one order.
  struct Lookup {
    let table: String
    let set: Int
    let order: Order
    let spread: Spread
    let checksum: UInt64
  }

  /// What the program says about both tables.
  struct Answer {
    var lookups: [Lookup] = []
    /// Of `insert` and `delete` what each costs.
    var changes: [(table: String, operation: String, spread: Spread)] = []
    /// The memory of each table.
    var bytes: [(table: String, count: Int)] = []
    /// What of the memory was in pages of 2 MiB at the end.
    var hugeByteCount = 0
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

  /// Reads the lines that the head of the program describes.
  static func parse(_ text: String) -> Answer {
    var answer = Answer()
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("lookup", 6...):
        guard let set = Int(words[2]), let order = Order(rawValue: words[3]),
          let checksum = UInt64(words[4])
        else { continue }
        answer.lookups.append(
          Lookup(
            table: words[1], set: set, order: order,
            spread: Spread(runs: words[5...].compactMap(Double.init)), checksum: checksum))
      case ("change", 4...):
        answer.changes.append(
          (words[1], words[2], Spread(runs: words[3...].compactMap(Double.init))))
      case ("bytes", 3): answer.bytes.append((words[1], Int(words[2]) ?? 0))
      case ("huge", 2): answer.hugeByteCount = Int(words[1]) ?? 0
      default: continue
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
