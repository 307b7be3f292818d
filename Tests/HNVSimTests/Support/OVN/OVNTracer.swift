import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// OVN's own tracer (ovn-trace(8)) over databases of its own in a temporary folder, as somebody
/// else's opinion of where packets go.
///
/// No service of the system and no Open vSwitch takes part.
/// The tracer reads the compiled flows once, as it starts: what `load` adds later it never sees.
/// Ports need no host: northd answers ARP for ports that are down unless told otherwise
/// (`ignore_lsp_down`, ovn-nb(5)).
final class OVNTracer {
  /// Whether Debian's package ovn-central, which brings all the others, is installed.
  static let isInstalled = ["ovn-northd", "ovn-trace", "ovn-nbctl", "ovsdb-server"].allSatisfy {
    path(of: $0) != nil
  }

  /// Where programs are looked for: servers lie in a folder that is not on everybody's path.
  private static let searchPath =
    "\(ProcessInfo.processInfo.environment["PATH"] ?? ""):/usr/sbin"

  private let folder: URL
  private let keeper = Process()
  /// Its far end closes when this process ends, whichever way that comes about.
  private let leash = Pipe()
  private let word = Pipe()
  private var control: ControlSocket?

  /// Starts on empty databases, has `commands` (ovn-nbctl(8)) carried out and compiled, lets
  /// `body` ask, and clears everything away, even when one of them fails.
  static func run<Result>(
    _ commands: [[String]], in place: URL = FileManager.default.temporaryDirectory,
    _ body: (OVNTracer) throws -> Result
  ) throws -> Result {
    let tracer = try OVNTracer(in: place)
    defer { tracer.stop() }
    try tracer.load(commands)
    return try body(tracer)
  }

  /// The answer to `trace --minimal`, or to another format (ovn-trace(8), "Output").
  func answer(_ datapath: String, _ microflow: String, format: String = "minimal") throws -> String
  {
    guard let control else { throw Failure(program: "ovn-trace", complaint: "not started") }
    return try control.ask("trace", ["--\(format)", datapath, microflow])
  }

  /// What becomes of a packet.
  func verdict(_ datapath: String, _ microflow: String) throws -> OVNVerdict {
    try OVNVerdict(parsing: try answer(datapath, microflow))
  }

  struct Failure: Error {
    let program: String
    let complaint: String
  }

  private init(in place: URL) throws {
    folder = place.appendingPathComponent("ovn-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // Or the servers would hold it open themselves.
    _ = fcntl(leash.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
    keeper.arguments = ["-c", Self.script, "sh", folder.path]
    keeper.environment = environment
    keeper.standardInput = leash
    keeper.standardOutput = word
    try keeper.run()
    do { try awaitKeeper("ovsdb-server") } catch {
      stop()
      throw error
    }
  }

  private func awaitKeeper(_ program: String) throws {
    let said = word.fileHandleForReading.availableData
    guard said == Data("ready\n".utf8) else {
      throw Failure(program: program, complaint: "not started")
    }
  }

  /// Starts the servers, and on a word the tracer, waits to be ended or for its input to end, and
  /// stops them again.
  ///
  /// `Process` itself cannot wait for a program that goes into the background.
  private static let script = """
    cd "$1" || exit
    trap 'kill $(cat *.pid); cd /; rm -rf "$1"' EXIT
    trap exit TERM
    quiet='--no-chdir --detach -vconsole:off -vsyslog:off'
    for base in nb sb; do
      ovsdb-tool create $base.db /usr/share/ovn/ovn-$base.ovsschema || exit
      ovsdb-server --remote="punix:$1/$base.sock" --unixctl="$1/$base.ctl" \\
        --pidfile="$1/$base.pid" $quiet $base.db || exit
    done
    ovn-northd --ovnnb-db="unix:$1/nb.sock" --ovnsb-db="unix:$1/sb.sock" \\
      --unixctl="$1/northd.ctl" --pidfile="$1/northd.pid" $quiet || exit
    echo ready
    read loaded || exit
    ovn-trace --db="unix:$1/sb.sock" --unixctl="$1/trace.ctl" --pidfile="$1/trace.pid" \\
      $quiet || exit
    echo ready
    read forever
    """

  /// Where the programs would otherwise use folders of the system.
  private var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = Self.searchPath
    for program in ["OVN", "OVS"] {
      for kind in ["RUNDIR", "LOGDIR", "DBDIR", "SYSCONFDIR"] {
        environment["\(program)_\(kind)"] = folder.path
      }
    }
    return environment
  }

  private func load(_ commands: [[String]]) throws {
    // Linux takes arguments of two megabytes at most.
    for start in stride(from: 0, to: commands.count, by: 8000) {
      let some = commands[start..<min(start + 8000, commands.count)]
      try execute(
        "ovn-nbctl", ["--db=unix:\(file("nb.sock"))"] + some.joined(separator: ["--"]))
    }
    try execute("ovn-nbctl", ["--db=unix:\(file("nb.sock"))", "--wait=sb", "sync"])
    try leash.fileHandleForWriting.write(contentsOf: Data("loaded\n".utf8))
    try awaitKeeper("ovn-trace")
    control = try ControlSocket(path: file("trace.ctl"))
  }

  private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func execute(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path(of: program) ?? "")
    process.arguments = arguments
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    let complaints = Pipe()
    process.standardError = complaints
    try process.run()
    let complaint = try complaints.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(program: program, complaint: String(decoding: complaint, as: UTF8.self))
    }
  }

  private func stop() {
    control = nil
    keeper.terminate()
    keeper.waitUntilExit()
  }

  private static func path(of program: String) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(program)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
