import HNVCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Feeds every target in turn, for as long as was asked for.
@main
struct Main {
  private static func targets() throws -> [any FuzzTarget] {
    [try FrameTarget(), try LabTarget(), try CaptureTarget()]
  }

  static func main() throws {
    guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
      say(Arguments.usage)
      exit(2)
    }
    if let count = arguments.labRuns { return try soak(count) }
    say("seed \(arguments.seed)")
    LastInput.reportOnCrash()
    let targets = try targets()
    do throws(Campaign.Violation) {
      try run(targets, arguments)
    } catch {
      say("\(error.target) breaks its law: \(error.explanation)")
      say(error.input.map { hex($0) }.joined())
      exit(1)
    }
  }

  private static func soak(_ count: Int) throws {
    do {
      say("\(try Soak.run(each: count, say: say)) runs; no memory left behind")
    } catch let growth as Soak.Growth {
      say("\(growth.lab): \(count) runs left \(growth.bytes >> 10) KiB behind")
      exit(1)
    }
  }

  private static func run(
    _ targets: [any FuzzTarget], _ arguments: Arguments
  ) throws(Campaign.Violation) {
    var campaigns: [Campaign] = []
    for target in targets { campaigns.append(try Campaign(target, seed: arguments.seed)) }
    let start = ContinuousClock.now
    let end = start + .seconds(arguments.seconds)
    var report = start + .seconds(10)
    while ContinuousClock.now < end {
      for index in campaigns.indices {
        alarm(LastInput.patience)
        try campaigns[index].run(until: min(end, .now + .milliseconds(250)))
      }
      if ContinuousClock.now >= report {
        say(summary(campaigns, since: start))
        report += .seconds(10)
      }
    }
    say(summary(campaigns, since: start) + "; no law broken")
  }

  private static func summary(
    _ campaigns: [Campaign], since start: ContinuousClock.Instant
  ) -> String {
    "\((ContinuousClock.now - start).components.seconds) s; "
      + campaigns.map(\.summary).joined(separator: "; ")
  }

  /// Writes a line at once: a pipe would show nothing until the end.
  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }

  private static func hex(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 0xf, radix: 16)
  }
}
