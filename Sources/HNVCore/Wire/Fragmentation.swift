extension IPv4Packet {
  /// The packet in parts of at most `mtu` bytes each, in order (RFC 791, section 3.2).
  ///
  /// All but the last part carry a multiple of eight bytes; they bear the packet's own
  /// identification. A part can be divided again. Whether the packet may be divided at all, its
  /// Don't Fragment bit, is for the caller to ask.
  ///
  /// - Returns: the packet itself when it fits; `nil` when a part has no room for eight bytes
  ///   behind its header, which at an `mtu` of 68 it always has.
  /// - Complexity: O(*n*) for *n* bytes.
  package func fragments(fitting mtu: Int) -> [IPv4Packet]? {
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

extension IPv6Packet {
  /// The packet in parts of at most `mtu` bytes each, in order, with a fragment header in each (RFC
  /// 8200, section 4.5); only a packet's own sender divides it.
  ///
  /// All but the last part carry a multiple of eight bytes.
  ///
  /// - Returns: the packet itself when it fits; `nil` for a part of another packet, and when a part
  ///   has no room for eight bytes behind its headers.
  /// - Complexity: O(*n*) for *n* bytes.
  package func fragments(fitting mtu: Int, identification: UInt32) -> [IPv6Packet]? {
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

/// The parts of one packet that have come so far, in any order (RFC 791, section 3.2; RFC 8200,
/// section 4.5).
///
/// A part that came twice counts once. Parts that overlap spoil the packet, in either family, for
/// what a filter saw of one may not be what the receiver keeps of the other (RFC 5722, section 4).
public struct FragmentBuffer: Hashable, Sendable {
  /// What the parts of one packet have in common.
  public struct Key: Hashable, Sendable, BitwiseCopyable {
    /// The packet's source.
    public let source: IPAddress
    /// The packet's destination.
    public let destination: IPAddress
    /// What the packet carries; IPv6 does not ask for it, and here it is `nil`.
    public let ipProtocol: IPProtocol?
    /// The number that its sender gave to the packet.
    public let identification: UInt32

    /// The key of a part; `nil` for a whole packet.
    public init?(_ part: IPPacket) {
      guard let fragment = part.fragment else { return nil }
      source = part.source
      destination = part.destination
      ipProtocol = source.family == .v4 ? part.transport.ipProtocol : nil
      identification = fragment.identification
    }
  }

  /// What came of a further part.
  public enum Outcome: Hashable, Sendable {
    /// Some of the packet is still missing.
    case incomplete
    /// This is the packet.
    case whole(IPPacket)
    /// The parts do not fit together; none of them is of use any more.
    case spoilt
  }

  private struct Piece: Hashable, Sendable {
    let start: Int
    let bytes: [UInt8]
    var end: Int { start + bytes.count }
  }

  private var pieces: [Piece] = []
  private var end: Int?

  /// The part with which the packet begins; `nil` while it has not come.
  public private(set) var first: IPPacket?

  /// A buffer without parts.
  public init() {}

  /// Takes a part; all are to have one key.
  ///
  /// - Complexity: O(*n*) for *n* parts, and once O(*b*) for the packet's *b* bytes.
  public mutating func add(_ part: IPPacket) -> Outcome {
    guard let fragment = part.fragment, case .other(_, let bytes) = part.transport
    else { return .spoilt }
    let piece = Piece(start: Int(fragment.offset) * 8, bytes: bytes)
    guard !pieces.contains(piece) else { return .incomplete }
    guard fits(piece, isLast: !fragment.moreFollow) else { return .spoilt }
    pieces.insert(piece, at: pieces.firstIndex { $0.start > piece.start } ?? pieces.count)
    if !fragment.moreFollow { end = piece.end }
    if piece.start == 0 { first = part }
    return whole.map { .whole($0) } ?? .incomplete
  }

  private func fits(_ piece: Piece, isLast: Bool) -> Bool {
    guard piece.end <= 65_535, !piece.bytes.isEmpty else { return false }
    if isLast {
      guard end == nil, pieces.last.map({ $0.end <= piece.start }) ?? true else { return false }
    } else {
      guard piece.bytes.count.isMultiple(of: 8), piece.end <= end ?? .max else { return false }
    }
    for other in pieces where piece.start < other.end && other.start < piece.end { return false }
    return true
  }

  /// The packet, once nothing is missing: with the headers of its first part, decoded again.
  private var whole: IPPacket? {
    var next = 0
    for piece in pieces {
      guard piece.start == next else { return nil }
      next = piece.end
    }
    guard let end, next == end, let first else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end)
    for piece in pieces { bytes += piece.bytes }
    let packet = first.joined(with: bytes)
    // What is no sound message of its protocol stays bytes.
    return (try? IPPacket(decoding: packet.wireBytes)) ?? packet
  }
}

extension IPPacket {
  /// A first part as the whole packet, with all of its bytes.
  fileprivate func joined(with bytes: [UInt8]) -> IPPacket {
    switch self {
    case .v4(var packet):
      packet.moreFragments = false
      packet.transport = .other(packet.transport.ipProtocol, data: bytes)
      return .v4(packet)
    case .v6(var packet):
      packet.extensionHeaders.removeAll { if case .fragment = $0 { true } else { false } }
      packet.transport = .other(packet.transport.ipProtocol, data: bytes)
      return .v6(packet)
    }
  }
}
