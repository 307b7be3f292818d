extension IPv6ExtensionHeader {
  /// Takes all headers up to what the packet carries, whose number is then in `next`.
  ///
  /// What is cut off, or has a reserved bit set, counts as what the packet carries; so does all that
  /// stands behind the header of a fragment, for only the parts together have headers there.
  static func all(in reader: inout ByteReader, _ next: inout IPProtocol) -> [IPv6ExtensionHeader] {
    var headers: [IPv6ExtensionHeader] = []
    while let (header, following) = take(from: &reader, next) {
      headers.append(header)
      next = following
      if case .fragment(let fragment) = header, !fragment.isWhole { break }
    }
    return headers
  }

  /// Takes the header that the one before announces; `nil`, and nothing taken, for no such header.
  private static func take(
    from reader: inout ByteReader, _ number: IPProtocol
  ) -> (IPv6ExtensionHeader, following: IPProtocol)? {
    var ahead = reader
    guard let following = ahead.take(UInt8.self), let length = ahead.take(UInt8.self)
    else { return nil }
    let header: IPv6ExtensionHeader
    switch number.number {
    case 0, 43, 60:
      guard let body = ahead.take(6 + 8 * Int(length)) else { return nil }
      header = .options(number, Array(body))
    case 44:
      guard length == 0, let offset = ahead.take(UInt16.self), offset & 6 == 0,
        let identification = ahead.take(UInt32.self)
      else { return nil }
      header = .fragment(
        Fragment(
          identification: identification, offset: offset >> 3, moreFollow: offset & 1 == 1))
    default: return nil
    }
    reader = ahead
    return (header, IPProtocol(number: following))
  }
}
