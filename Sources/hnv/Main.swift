#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program: what the terminal says goes in, what it should show comes out.
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
      write: { put($0, to: STDOUT_FILENO) }, complain: { put($0, to: STDERR_FILENO) })
    exit(program.run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Writes a line, however often the system takes only part of it.
  private static func put(_ text: String, to stream: Int32) {
    var rest = Array((text + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
