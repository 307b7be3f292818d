import HNVCore

/// Whatever reads a lab's texts and notes what is wrong with them, each with its place.
protocol TextReading {
  /// What was wrong so far.
  var diagnostics: [Diagnostic] { get set }
}

extension TextReading {
  /// Reads a text, or notes the diagnostic.
  mutating func read<Value>(
    _ written: Written, _ parse: (String) throws(Diagnostic) -> Value
  ) -> Value? {
    do throws(Diagnostic) {
      return try parse(written.text)
    } catch {
      diagnostics.append(error.attributed(to: error.subject, at: written.place))
      return nil
    }
  }

  mutating func readAddress(_ written: Written) -> IPAddress? {
    read(written) { text throws(Diagnostic) in try IPAddress(parsing: text) }
  }

  mutating func readPrefix(_ written: Written) -> IPPrefix? {
    read(written) { text throws(Diagnostic) in try IPPrefix(parsing: text) }
  }

  mutating func readMAC(_ written: Written) -> MACAddress? {
    read(written) { text throws(Diagnostic) in try MACAddress(parsing: text) }
  }

  mutating func readProtocol(_ written: Written) -> IPProtocol? {
    read(written) { text throws(Diagnostic) in
      guard let ipProtocol = IPProtocol(named: text.lowercased()) else {
        throw Diagnostic(.protocolSyntax, value: text, "\(text) is not a protocol")
      }
      return ipProtocol
    }
  }

  mutating func readPorts(_ written: Written) -> ClosedRange<UInt16>? {
    read(written) { text throws(Diagnostic) in
      let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Digits.decimal(String($0), upTo: 65535) }
      guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last,
        first <= last
      else {
        throw Diagnostic(.portSyntax, value: text, "this is neither a port nor a range of ports")
      }
      return UInt16(first)...UInt16(last)
    }
  }

  mutating func readTime(_ written: Written) -> VirtualTime? {
    read(written) { text throws(Diagnostic) in try VirtualTime(parsing: text) }
  }

  /// Reads one of several words, or notes the diagnostic with the nearest of them.
  mutating func choose<Value: RawRepresentable<String> & CaseIterable>(
    _ written: Written, as: Value.Type
  ) -> Value? {
    if let value = Value(rawValue: written.text) { return value }
    let choices = Value.allCases.map(\.rawValue)
    diagnostics.append(
      Diagnostic(
        .notAChoice, value: written.text,
        "\(written.text) is not one of \(choices.joined(separator: ", "))",
        fix: NearestName.of(written.text, among: choices).map { "did you mean \($0)?" },
        at: written.place))
    return nil
  }
}
