import Foundation

/// The same run again in pages of 2 MiB.
///
/// The allocator is told when a process starts, and so this program runs once more, as a process of
/// its own.
enum HugePageRun {
  /// Runs it, its output beside this program's; `nil` where it failed.
  static func report(_ options: Options) throws -> Report? {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "hnv-bench-\(ProcessInfo.processInfo.processIdentifier).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = options.arguments(writingTo: file.path)
    var environment = ProcessInfo.processInfo.environment
    environment[Pages.variable] = [environment[Pages.variable], Pages.tunable]
      .compactMap { $0 }.joined(separator: ":")
    process.environment = environment
    print("\nEVERYTHING AGAIN IN PAGES OF 2 MiB")
    // What was printed comes before what the other process prints.
    fflush(nil)
    try process.run()
    process.waitUntilExit()
    // A wrong answer ends it with 1, but its figures are there.
    guard process.terminationReason == .exit, process.terminationStatus <= 1 else { return nil }
    return FileManager.default.fileExists(atPath: file.path)
      ? try ReportFile.read(file.path) : nil
  }

  /// Each row's figures in both kinds of pages; memory and counts do not depend on them.
  static func text(_ report: Report, beside other: Report) -> String {
    var lines = ["", "IN THE SYSTEM'S ORDINARY PAGES, AND IN PAGES OF 2 MiB"]
    for figure in report.figures where figure.subject == Figure.own {
      guard figure.unit == .nanoseconds || figure.unit == .perSecond,
        let again = other.figure(figure.row)
      else { continue }
      lines.append("  \(figure.row)")
      lines.append("      ordinary  " + words(figure, in: report))
      lines.append("      2 MiB     " + words(again, in: other))
    }
    return lines.joined(separator: "\n")
  }

  private static func words(_ figure: Figure, in report: Report) -> String {
    let text = FigureText.value(figure.spread.value, figure.unit)
    let ratios = FigureText.ratios(figure, to: report.references(beside: figure))
    let unsettled = figure.spread.isSettled == false ? " (not settled)" : ""
    return text + unsettled + (ratios.isEmpty ? "" : "   " + ratios)
  }
}
