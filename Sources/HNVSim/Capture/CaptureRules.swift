public import HNVCore

/// The rules that capture files are held to.
extension Rule {
  /// A capture is in one of the two formats.
  public static let captureFormat = Rule(
    "capture-format", .error, "A capture is written as pcapng 1 or as pcap 2.",
    source: "draft-ietf-opsawg-pcapng, section 4.1; draft-ietf-opsawg-pcap, section 4",
    mend: "save the capture as pcapng")

  /// A capture is there in full.
  public static let captureCutOff = Rule(
    "capture-cut-off", .error, "A capture ends where its last block or record does.",
    source: "draft-ietf-opsawg-pcapng, section 3.1; draft-ietf-opsawg-pcap, section 5",
    mend: "copy the capture again, or save what an analyser can still read of it")

  /// The lengths in a capture agree.
  public static let captureLength = Rule(
    "capture-length", .error, "The lengths that a block states agree with one another.",
    source: "draft-ietf-opsawg-pcapng, section 3.1",
    mend: "open the capture in an analyser and save it again")

  /// An interface is described before it is used.
  public static let captureInterface = Rule(
    "capture-interface", .error,
    "An interface that a packet, or a person, names is described in the capture.",
    source: "draft-ietf-opsawg-pcapng, section 4.2", mend: "name an interface of the capture")

  /// The frames of a capture are Ethernet's.
  public static let captureLinkType = Rule(
    "capture-link-type", .error, "The frames of a capture are Ethernet's, link type 1.",
    source: "this library, whose machines have Ethernet adapters",
    mend: "capture at an Ethernet interface, or leave the other interfaces out")

  /// A file can be written.
  public static let unwritableFile = Rule(
    "unwritable-file", .error,
    "A capture is written to a new file, or over an empty file or another capture.",
    source: "this library, so that a slip destroys nothing but a capture",
    mend: "name another file")

  package static let captureRules: [Rule] = [
    captureFormat, captureCutOff, captureLength, captureInterface, captureLinkType, unwritableFile,
  ]
}
