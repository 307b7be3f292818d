#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The input that is being fed, where a signal's handler finds it: a trap ends the process at once.
enum LastInput {
  /// A handler may neither allocate nor call into the runtime, so all it needs lies ready.
  private struct Store {
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    var count = 0
    let name = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)
    var nameCount = 0
  }

  nonisolated(unsafe) private static var store = Store()

  /// The seconds that one slice of feeding may take before it counts as endless.
  static let patience: UInt32 = 60

  static func remember(_ input: [UInt8], of name: String) {
    store.count = store.bytes.update(fromContentsOf: input.prefix(store.bytes.count))
    store.nameCount = store.name.update(fromContentsOf: name.utf8.prefix(store.name.count))
  }

  /// Reports the input when the process is about to die, or takes too long.
  static func reportOnCrash() {
    remember([], of: "")
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGALRM] {
      signal(number) { _ in LastInput.report() }
    }
  }

  private static func report() {
    put("\na trap, or no end, on this input of ")
    _ = write(STDERR_FILENO, store.name.baseAddress, store.nameCount)
    put(":\n")
    for index in 0..<store.count {
      putDigit(store.bytes[index] >> 4)
      putDigit(store.bytes[index] & 0xf)
    }
    put("\n")
    _exit(1)
  }

  private static func put(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func putDigit(_ digit: UInt8) {
    var character = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    _ = write(STDERR_FILENO, &character, 1)
  }
}
