extension IPv4Packet {
  /// The packet in parts of at most `mtu` bytes each, in order (RFC 791, section 3.2).
  ///
  /// All but the last part carry a multiple of eight bytes; they bear the packet's own
  /// identification. A part can be divided again. Whether the packet may be divided at all, its
  /// Don't Fragment bit, is for the caller to ask.
  ///
  /// - Returns: the packet itself when it fits; `nil` when a part has no room for eight bytes behind
  ///   its header, which at an `mtu` of 68 it always has.
  /// - Complexity: O(*n*) for *n* bytes.
  public func fragments(fitting mtu: Int) -> [IPv4Packet]? {
    guard byteCount > mtu else { return [self] }
    let data = wireBytes.dropFirst(byteCount - transport.byteCount)
    var parts: [IPv4Packet] = []
    var rest = data
    while !rest.isEmpty {
      var part = self
      if !parts.isEmpty { part.options = Self.copied(options) }
      part.transport = .other(transport.ipProtocol, data: [])
      let room = mtu - part.byteCount
      let count = rest.count <= room ? rest.count : room & ~7
      guard count > 0 else { return nil }
      part.transport = .other(transport.ipProtocol, data: Array(rest.prefix(count)))
      part.fragmentOffset =
        fragmentOffset + UInt16(truncatingIfNeeded: (rest.startIndex - data.startIndex) / 8)
      rest = rest.dropFirst(count)
      part.moreFragments = moreFragments || !rest.isEmpty
      parts.append(part)
    }
    return parts.isEmpty ? nil : parts
  }

  /// The options that every part repeats: those with the copied flag (RFC 791, section 3.1).
  private static func copied(_ options: [UInt8]) -> [UInt8] {
    var copied: [UInt8] = []
    var rest = options[...]
    // Type 0 ends the list; type 1 is one byte, and any other says how many it has.
    while let type = rest.first, type != 0 {
      let length = type == 1 ? 1 : Int(rest.dropFirst().first ?? 0)
      guard length >= (type == 1 ? 1 : 2), length <= rest.count else { break }
      if type & 0x80 != 0 { copied += rest.prefix(length) }
      rest = rest.dropFirst(length)
    }
    return copied
  }
}
