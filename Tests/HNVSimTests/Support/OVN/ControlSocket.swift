import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The control socket of a program of Open vSwitch or OVN: JSON-RPC 1.0 over a Unix socket
/// (ovs-appctl(8)).
///
/// One connection serves all questions, so that asking starts no process.
final class ControlSocket {
  private let descriptor: Int32
  private var asked = 0

  init(path: String) throws {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    descriptor = socket(AF_UNIX, kind, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw Failure(text: "cannot connect to \(path)") }
  }

  deinit { close(descriptor) }

  struct Failure: Error { let text: String }

  /// Asks for a command to be carried out and returns its output.
  func ask(_ command: String, _ arguments: [String]) throws -> String {
    asked += 1
    let request: [String: Any] = ["id": asked, "method": command, "params": arguments]
    try send([UInt8](try JSONSerialization.data(withJSONObject: request)))
    guard let reply = try receive() as? [String: Any] else { throw Failure(text: "no object") }
    guard let result = reply["result"] as? String else {
      throw Failure(text: reply["error"] as? String ?? "no result")
    }
    return result
  }

  private func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(text: "cannot write") }
      rest = rest.dropFirst(count)
    }
  }

  /// One JSON value: nothing but its own end tells where it ends.
  private func receive() throws -> Any {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(text: "cannot read") }
      received += chunk[..<count]
      if received.last == UInt8(ascii: "}"),
        let value = try? JSONSerialization.jsonObject(with: Data(received))
      {
        return value
      }
    }
  }
}
