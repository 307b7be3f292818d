import Foundation

/// tshark, the standard analyser without a screen, as somebody else's reading of our bytes.
enum Analyser {
  /// Where it is installed; `nil` where it is not.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/tshark" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  /// What it says of one frame.
  struct Frame {
    let values: [String: [String]]

    subscript(field: String) -> [String] { values[field] ?? [] }

    /// The protocols from the outside in.
    var protocols: String { self["frame.protocols"].first ?? "" }

    /// What it thinks of every checksum in every header: 1 is good, 0 bad, 2 not checked, 3 absent.
    var checksums: [String] {
      Analyser.fields.filter { $0.hasSuffix(".checksum.status") }.flatMap { self[$0] }
    }
  }

  private static let fields = [
    "frame.protocols", "frame.interface_name", "frame.time_epoch", "frame.comment", "eth.src",
    "eth.dst", "gre.key", "vxlan.vni", "geneve.vni", "geneve.option.unknown.data", "mpls.label",
    "mpls.exp",
    "mpls.ttl", "vrrp.checksum.status", "vrrp.virt_rtr_id", "vrrp.prio", "vrrp.short_adver_int",
    "vrrp.ip_addr", "ip.checksum.status", "udp.checksum.status",
    "tcp.checksum.status", "icmp.checksum.status", "icmpv6.checksum.status", "_ws.malformed",
    "_ws.expert.severity", "_ws.expert.message",
  ]

  /// Has a capture dissected, all checksums validated.
  ///
  /// No header says whether a packet or a frame stands behind an MPLS label: the analyser is told
  /// which labels are of frames.
  static func dissect(_ capture: [UInt8], labelsOfFrames: Set<UInt32> = []) throws -> [Frame] {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString).pcapng")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(capture).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    let checks = ["ip", "tcp", "udp"].flatMap { ["-o", "\($0).check_checksum:TRUE"] }
    let labels = labelsOfFrames.sorted().flatMap { ["-d", "mpls.label==\($0),pwethnocw"] }
    // One value behind the other within a field, fields apart by a character that no text has.
    process.arguments =
      ["-r", file.path, "-n"] + checks + labels + ["-T", "fields"] + fields.flatMap { ["-e", $0] }
      + ["-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=\u{1F}"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.split(separator: "\u{1F}").map(String.init)
      }
      return Frame(values: Dictionary(uniqueKeysWithValues: zip(fields, columns)))
    }
  }

  struct Failure: Error { let status: Int32 }
}
