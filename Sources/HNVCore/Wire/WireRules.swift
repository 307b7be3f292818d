extension DiagnosticRule {
  /// What a frame must have to be one.
  public static let frameBytes = DiagnosticRule(
    "frame-bytes", .error, "An Ethernet frame has the 14 bytes of its header.",
    source: "IEEE 802.3-2018 section 3.1.1",
    fix: "leave the frame out, or capture it whole")

  /// What a packet on its own must have to be one.
  public static let packetBytes = DiagnosticRule(
    "packet-bytes", .error,
    "A packet begins with an IPv4 or IPv6 header whose lengths and checksum are right.",
    source: "RFC 791 section 3.1 and RFC 1122 section 3.2.1.2; RFC 8200 section 3",
    fix: "leave the packet out, or capture it whole and where its checksum is complete")

  /// The rules about bytes of the wire.
  public static let wireRules: [DiagnosticRule] = [frameBytes, packetBytes]
}
