import HNVCore
import Testing

@testable import HNVSim

/// One mistake in a lab that is otherwise good, and what must be said about it.
struct BadLab: CustomTestStringConvertible, Sendable {
  /// What is written instead of what in the good lab.
  let edits: [(old: String, new: String)]
  /// The rule that is broken.
  let rule: DiagnosticRule
  /// The edited lab from the place of the diagnostic on.
  let at: String
  /// What the fix says among other things.
  let fix: String
  /// The rules of the other diagnostics, which the mistake cannot but cause.
  let also: [DiagnosticRule]

  init(
    _ old: String, _ new: String, _ rule: DiagnosticRule, at: String, fix: String,
    also: [DiagnosticRule] = []
  ) {
    self.init([(old, new)], rule, at: at, fix: fix, also: also)
  }

  init(
    _ edits: [(String, String)], _ rule: DiagnosticRule, at: String, fix: String,
    also: [DiagnosticRule] = []
  ) {
    self.edits = edits.map { (old: $0.0, new: $0.1) }
    self.rule = rule
    self.at = at
    self.fix = fix
    self.also = also
  }

  var testDescription: String { "\(rule.identifier): \(edits.map(\.new).joined(separator: " … "))" }

  /// The lab with the mistake in it; `nil` where what should be replaced is not there once.
  var text: String? {
    edits.reduce(into: Optional(Self.good)) { text, edit in
      guard let parts = text?.split(separator: edit.old, omittingEmptySubsequences: false),
        parts.count == 2
      else { return text = nil }
      text = parts.joined(separator: edit.new)
    }
  }

  /// Where the diagnostic should be: line and column of `at`, which the text holds once.
  var place: Place? {
    guard let text, text.split(separator: at, omittingEmptySubsequences: false).count == 2,
      let range = text.firstRange(of: at)
    else { return nil }
    let lines = text[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    return Place(
      file: "l.json5", line: UInt32(lines.count), column: UInt32((lines.last?.count ?? 0) + 1))
  }

  /// A lab without a diagnostic, of which every mistake is an edit.
  static let good = """
    {
      name: "good",
      hosts: [{ name: "hv1", address: "172.16.0.11" }, { name: "hv2" }],
      underlay: { prefix: "172.16.0.0/16", mtu: 1600, latency: "10us" },
      networks: [
        {
          name: "blue",
          subnets: [
            { name: "front", prefixes: ["10.0.1.0/24"] },
            { name: "edge", prefixes: ["10.0.2.0/24"] },
            { name: "back", prefixes: ["10.1.2.0/24", "fd00:2::/64"] },
          ],
          routes: [{ to: "0.0.0.0/0", via: "10.0.2.250" }],
        },
        { name: "red", subnets: [{ name: "scarlet", prefixes: ["10.0.1.0/24"] }] },
      ],
      outside: [{ name: "internet", link: ["203.0.113.0/24"], addresses: ["198.51.100.10"] }],
      machines: [
        { name: "A", host: "hv1", open: ["tcp/80"],
          interfaces: [{ subnet: "front", addresses: ["10.0.1.11"], mac: "00-15-5D-0A-00-0A" }] },
        { name: "B", host: "hv2", gateways: ["10.0.1.1"],
          interfaces: [{ subnet: "front", addresses: ["10.0.1.12"],
            rules: [{ action: "deny", direction: "inbound", protocol: "tcp", localPorts: "23" }] }] },
        { name: "X", host: "hv2",
          interfaces: [{ subnet: "back", addresses: ["10.1.2.11", "fd00:2::11"] }] },
        { name: "GW", host: "hv1", forwards: true, gateways: ["203.0.113.1"],
          interfaces: [
            { subnet: "edge", addresses: ["10.0.2.250"] },
            { outside: "internet", addresses: ["203.0.113.2"] },
          ],
          routes: [
            { to: "10.0.1.0/24", via: "10.0.2.1" }, { to: "10.1.2.0/24", via: "10.0.2.1" }] },
        { name: "R", host: "hv1", interfaces: [{ subnet: "scarlet", addresses: ["10.0.1.21"] }] },
      ],
      hnv: { virtualSubnets: { front: 5001, scarlet: 6001 } },
      timeline: [{ at: "1s", stop: "X" }],
      expect: [{ from: "A", to: "B" }],
    }
    """

  /// Everything wrong with a text of a lab file.
  static func diagnostics(of text: String) -> [Diagnostic] { diagnostics(of: Array(text.utf8)) }

  /// Everything wrong with the bytes of a lab file.
  static func diagnostics(of bytes: [UInt8]) -> [Diagnostic] {
    do throws(Diagnostics) {
      return Fabric.check(try Lab.read(bytes, named: "l.json5"))
    } catch {
      return error.all
    }
  }
}
