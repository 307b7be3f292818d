import Foundation

/// What a run was measured on.
struct Machine: Codable {
  var cores = ProcessInfo.processInfo.activeProcessorCount
  var memoryBytes = ProcessInfo.processInfo.physicalMemory
  var system = ProcessInfo.processInfo.operatingSystemVersionString
  var processor = Machine.processorName
  /// Whether the program asks for pages of 2 MiB.
  var hasHugePages = Pages.areHuge

  /// As `/proc/cpuinfo` has it; empty elsewhere.
  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map {
      $0.trimmingCharacters(in: .whitespaces)
    } ?? ""
  }
}
