public import HNVCore

/// The rules of capture files.
extension DiagnosticRule {
  /// A capture is in one of the two formats.
  public static let captureFormat = DiagnosticRule(
    "capture-format", .error, "A capture is written as pcapng 1 or as pcap 2.",
    source: "draft-ietf-opsawg-pcapng, section 4.1; draft-ietf-opsawg-pcap, section 4",
    fix: "save the capture as pcapng")

  /// A capture is there in full.
  public static let captureCutOff = DiagnosticRule(
    "capture-cut-off", .error, "A capture ends where its last block or record does.",
    source: "draft-ietf-opsawg-pcapng, section 3.1; draft-ietf-opsawg-pcap, section 5",
    fix: "copy the capture again, or save what an analyser can still read of it")

  /// The lengths in a capture agree.
  public static let captureLength = DiagnosticRule(
    "capture-length", .error, "The lengths that a block states agree with one another.",
    source: "draft-ietf-opsawg-pcapng, section 3.1",
    fix: "open the capture in an analyser and save it again")

  /// An interface is described before it is used.
  public static let captureInterface = DiagnosticRule(
    "capture-interface", .error,
    "An interface that a packet, or a person, names is described in the capture.",
    source: "draft-ietf-opsawg-pcapng, section 4.2", fix: "name an interface of the capture")

  /// The frames of a capture are Ethernet's.
  public static let captureLinkType = DiagnosticRule(
    "capture-link-type", .error, "The frames of a capture are Ethernet's, link type 1.",
    source: "this library, whose machines have Ethernet adapters",
    fix: "capture at an Ethernet interface, or leave the other interfaces out")

  /// A file can be written.
  public static let unwritableFile = DiagnosticRule(
    "unwritable-file", .error,
    "A capture is written to a new file, or over an empty file or another capture.",
    source: "this library, so that a slip destroys nothing but a capture",
    fix: "name another file")

  package static let captureRules: [DiagnosticRule] = [
    captureFormat, captureCutOff, captureLength, captureInterface, captureLinkType, unwritableFile,
  ]
}
