/// The parts of one packet that have come so far, in any order (RFC 791, section 3.2; RFC 8200,
/// section 4.5).
///
/// A part that came twice counts once. Parts that overlap spoil the packet, in either family, for
/// what a filter saw of one may not be what the receiver keeps of the other (RFC 5722, section 4).
public struct FragmentBuffer: Hashable, Sendable {
  /// What the parts of one packet have in common.
  public struct Key: Hashable, Sendable {
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

  /// The packet, once nothing is missing: with the headers of its first part, and read anew.
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
