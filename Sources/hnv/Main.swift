#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program: connects the command line to the process's arguments, streams and environment.
@main
struct Main {
  static func main() {
    func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    func style(of stream: Int32) -> Style {
      Style(
        isTerminal: isatty(stream) == 1, noColor: environment("NO_COLOR"),
        term: environment("TERM"))
    }
    let program = Program(
      style: style(of: STDOUT_FILENO), errorStyle: style(of: STDERR_FILENO),
      write: { put(Array(($0 + "\n").utf8), to: STDOUT_FILENO) },
      complain: { put(Array(($0 + "\n").utf8), to: STDERR_FILENO) },
      writeBytes: { put($0, to: STDOUT_FILENO) })
    exit(program.run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Writes all bytes, in as many calls as the system needs.
  private static func put(_ bytes: [UInt8], to stream: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
