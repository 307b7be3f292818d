import Foundation

/// The program: arguments in, an exit status out.
public enum Program {
  /// Does what the arguments say; `--help` tells what the status means.
  public static func status(of arguments: [String]) -> Int32 {
    switch Options.read(arguments) {
    case .help:
      print(Help.text)
      return 0
    case .refused(let diagnostic):
      Progress.say("hnv-bench: \(diagnostic)")
      return 2
    case .run(let options):
      do {
        if let folder = options.plot, let file = options.from {
          try Plots.draw(into: folder, from: ReportFile.read(file))
          return 0
        }
        return try measure(options)
      } catch {
        Progress.say("hnv-bench: \(error)")
        return 1
      }
    }
  }

  private static func measure(_ options: Options) throws -> Int32 {
    var bench = Bench(options: options, list: try PrefixList.read(options.prefixes))
    for suite in Suite.allCases where options.suites.contains(suite) { suite.run(&bench) }
    bench.report.dependentLoad = bench.floors.dependentLoadFromOneGibibyte
    bench.report.hugeByteCount = bench.floors.hugeByteCountOfOneGibibyte
    print(Summary.text(of: bench.report))
    var status: Int32 = bench.report.mismatches.isEmpty ? 0 : 1
    if options.hugePages, try !measureInHugePages(options, beside: &bench.report) { status = 1 }
    if let file = options.json { try ReportFile.write(bench.report, to: file) }
    return status
  }

  /// Measures again in pages of 2 MiB, and prints each row's figures of both; says whether all went
  /// well.
  private static func measureInHugePages(
    _ options: Options, beside report: inout Report
  ) throws -> Bool {
    if let reason = Pages.areHuge ? "this run asks for them already" : Pages.objection {
      print("\nPAGES OF 2 MiB: not measured again, \(reason)")
      return true
    }
    guard let other = try HugePageRun.report(options) else {
      print("\nPAGES OF 2 MiB: the second run failed, see above")
      return false
    }
    print(HugePageRun.text(report, beside: other))
    report.figuresInHugePages = other.figures
    return other.mismatches.isEmpty
  }
}
