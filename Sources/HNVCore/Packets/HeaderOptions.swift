/// The options of an IPv4 or TCP header, whose length field counts words of four bytes.
enum HeaderOptions {
  /// The bytes that options take on the wire: whole words, at most ten (RFC 791, section 3.1;
  /// RFC 9293, section 3.1).
  static func byteCount(_ options: [UInt8]) -> Int { min(40, (options.count + 3) / 4 * 4) }
}
