extension IPv6Packet {
  /// The packet in parts of at most `mtu` bytes each, in order, with a fragment header in each (RFC
  /// 8200, section 4.5); only a packet's own sender divides it.
  ///
  /// All but the last part carry a multiple of eight bytes.
  ///
  /// - Returns: the packet itself when it fits; `nil` for a part of another packet, and when a part
  ///   has no room for eight bytes behind its headers.
  /// - Complexity: O(*n*) for *n* bytes.
  public func fragments(fitting mtu: Int, identification: UInt32) -> [IPv6Packet]? {
    guard byteCount > mtu else { return [self] }
    guard fragment == nil else { return nil }
    let repeated = extensionHeaders.prefix(repeatedHeaderCount)
    let ipProtocol =
      repeated.count < extensionHeaders.count
      ? extensionHeaders[repeated.count].ipProtocol : transport.ipProtocol
    var empty = self
    empty.extensionHeaders = Array(repeated)
    empty.transport = .other(ipProtocol, data: [])
    let data = wireBytes.dropFirst(empty.byteCount)
    let room = mtu - empty.byteCount - 8
    guard room >= 8 else { return nil }
    var parts: [IPv6Packet] = []
    var rest = data
    while !rest.isEmpty {
      let count = rest.count <= room ? rest.count : room & ~7
      let header = Fragment(
        identification: identification,
        offset: UInt16(truncatingIfNeeded: (rest.startIndex - data.startIndex) / 8),
        moreFollow: count < rest.count)
      var part = empty
      part.extensionHeaders.append(.fragment(header))
      part.transport = .other(ipProtocol, data: Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      parts.append(part)
    }
    return parts.isEmpty ? nil : parts
  }

  /// How many headers every part repeats: up to a routing header, or else a hop-by-hop one, which
  /// are for nodes on the way.
  private var repeatedHeaderCount: Int {
    for (index, header) in extensionHeaders.enumerated().reversed()
    where header.ipProtocol.number == 43 {
      return index + 1
    }
    return extensionHeaders.first?.ipProtocol.number == 0 ? 1 : 0
  }
}
