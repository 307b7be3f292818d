import HNVCore

/// What a translating adapter remembers: which port of its own address stands for which port of a
/// machine behind it (RFC 3022, section 2.2).
///
/// Mappings are endpoint independent (RFC 4787, REQ-1): one port stands for an inside port towards
/// all peers. Filtering is address and port dependent (REQ-8, the stricter of its two): a mapping
/// lets in only whom the inside has sent to. A publication lets in everybody. An echo has its
/// identifier for a port, and its peer none (RFC 5508, REQ-1).
struct TranslationTable {
  struct Endpoint: Hashable {
    // Behind the address, debug builds of Swift 6.3 misplace it in what closures capture.
    let port: UInt16
    let address: IPAddress

    init(address: IPAddress, port: UInt16) {
      self.port = port
      self.address = address
    }
  }

  /// A port of a machine behind the adapter; compartments may repeat addresses.
  struct Inside: Hashable {
    let ipProtocol: IPProtocol
    let compartment: Int
    let endpoint: Endpoint
  }

  /// A port of the adapter's own address.
  struct Outside: Hashable {
    let ipProtocol: IPProtocol
    let endpoint: Endpoint
  }

  /// Which outside port stands for which inside one; an object, so that many facts can name it.
  final class Entry: Sendable {
    let inside: Inside
    let outside: Outside
    /// Who began it; of a publication, who has the inside address.
    let owner: ElementID?
    let isPublished: Bool

    init(inside: Inside, outside: Outside, owner: ElementID?, isPublished: Bool) {
      self.inside = inside
      self.outside = outside
      self.owner = owner
      self.isPublished = isPublished
    }
  }

  /// An entry, with the exchanges with each peer.
  private struct Row {
    let entry: Entry
    var sessions: [Endpoint: TranslationSession] = [:]

    func isLive(at now: VirtualTime) -> Bool {
      entry.isPublished || sessions.values.contains { $0.isLive(at: now) }
    }

    func isLive(with peer: Endpoint, at now: VirtualTime) -> Bool {
      sessions[peer]?.isLive(at: now) ?? false
    }

    mutating func pass(
      _ direction: TranslationSession.Direction, with peer: Endpoint, _ flags: TCPSegment.Flags?,
      at now: VirtualTime
    ) {
      var session = TranslationSession(entry.outside.ipProtocol, at: now)
      if let known = sessions[peer], known.isLive(at: now) { session = known }
      session.pass(direction, flags, at: now)
      sessions[peer] = session
    }
  }

  /// What a packet from outside meets.
  enum Arrival {
    case entry(Entry)
    /// An entry that does not expect this peer.
    case unexpected(Entry)
    case nothing
  }

  private var rows: [Outside: Row] = [:]
  private var outsides: [Inside: [Outside]] = [:]

  init(publications: [Entry] = []) {
    for entry in publications { insert(Row(entry: entry)) }
  }

  /// The entry for a packet that leaves, made if there is none; `nil` when no port is free.
  ///
  /// Whatever leaves keeps its entry alive (RFC 4787, REQ-6).
  mutating func entry(
    for inside: Inside, to peer: Endpoint, by address: IPAddress, flags: TCPSegment.Flags?,
    owner: ElementID?, at now: VirtualTime
  ) -> Entry? {
    let known = row(of: inside, to: peer, at: now)
    let port = known?.entry.outside.endpoint.port ?? freePort(for: inside, at: address, now)
    guard let port else { return nil }
    let outside = Outside(
      ipProtocol: inside.ipProtocol, endpoint: Endpoint(address: address, port: port))
    var row =
      known
      ?? Row(entry: Entry(inside: inside, outside: outside, owner: owner, isPublished: false))
    row.pass(.outward, with: peer, flags, at: now)
    insert(row)
    return row.entry
  }

  /// What a packet that comes from outside meets.
  mutating func arrival(
    at outside: Outside, from peer: Endpoint, flags: TCPSegment.Flags?, at now: VirtualTime
  ) -> Arrival {
    guard var row = rows[outside], row.isLive(at: now) else { return .nothing }
    guard row.isLive(with: peer, at: now) || row.entry.isPublished
    else { return .unexpected(row.entry) }
    row.pass(.inward, with: peer, flags, at: now)
    rows[outside] = row
    return .entry(row.entry)
  }

  /// Removes everything but the publications.
  mutating func forget() {
    let published = rows.values.map(\.entry).filter(\.isPublished)
      .sorted { $0.outside.endpoint.port < $1.outside.endpoint.port }
    self = TranslationTable(publications: published)
  }

  /// The live entry of an inside port: of several publications, the one that the peer came by.
  func entry(of inside: Inside, to peer: Endpoint, at now: VirtualTime) -> Entry? {
    row(of: inside, to: peer, at: now)?.entry
  }

  private func row(of inside: Inside, to peer: Endpoint, at now: VirtualTime) -> Row? {
    let live = outsides[inside, default: []].compactMap { rows[$0] }.filter { $0.isLive(at: now) }
    return live.first { $0.isLive(with: peer, at: now) } ?? live.first
  }

  /// The live entry of an outside port that has been used with a peer; `nil` without one.
  func entry(at outside: Outside, with peer: Endpoint, at now: VirtualTime) -> Entry? {
    guard let row = rows[outside], row.isLive(with: peer, at: now) else { return nil }
    return row.entry
  }

  /// Whether an outside port stands for a machine as far as a peer is concerned.
  func expects(_ peer: Endpoint, at outside: Outside, _ now: VirtualTime) -> Bool {
    rows[outside]?.entry.isPublished ?? false || entry(at: outside, with: peer, at: now) != nil
  }

  /// The live entries of a protocol, lowest port first.
  func entries(of ipProtocol: IPProtocol, at now: VirtualTime) -> [Entry] {
    rows.values.filter { $0.entry.outside.ipProtocol == ipProtocol && $0.isLive(at: now) }
      .map(\.entry).sorted { $0.outside.endpoint.port < $1.outside.endpoint.port }
  }

  private mutating func insert(_ row: Row) {
    let entry = row.entry
    if let old = rows.updateValue(row, forKey: entry.outside)?.entry, old.inside != entry.inside {
      outsides[old.inside]?.removeAll { $0 == entry.outside }
    }
    if !outsides[entry.inside, default: []].contains(entry.outside) {
      outsides[entry.inside, default: []].append(entry.outside)
    }
  }

  /// The inside port itself if it is free, else the next higher, and from the end of its range on
  /// the lowest: ports below 1024 and those above do not mix (RFC 4787, REQ-3).
  private func freePort(
    for inside: Inside, at address: IPAddress, _ now: VirtualTime
  ) -> UInt16? {
    let own = inside.endpoint.port
    let range: ClosedRange<UInt16> =
      switch inside.ipProtocol {
      case .tcp, .udp: own < 1024 ? 1...1023 : 1024...UInt16.max
      default: 0...UInt16.max
      }
    let first = range.contains(own) ? own : range.lowerBound
    var port = first
    repeat {
      let outside = Outside(
        ipProtocol: inside.ipProtocol, endpoint: Endpoint(address: address, port: port))
      guard rows[outside]?.isLive(at: now) ?? false else { return port }
      port = port == range.upperBound ? range.lowerBound : port + 1
    } while port != first
    return nil
  }
}

/// One exchange through a translation, with one peer: how long it is remembered.
struct TranslationSession: Hashable {
  enum Direction: Hashable {
    case outward, inward
  }

  private let ipProtocol: IPProtocol
  private var until: VirtualTime
  private var isEstablished = false
  private var seen: Set<Direction> = []

  init(_ ipProtocol: IPProtocol, at now: VirtualTime) {
    self.ipProtocol = ipProtocol
    until = now
  }

  /// Whether the exchange is remembered still.
  func isLive(at now: VirtualTime) -> Bool { now < until }

  /// A packet of the exchange passes.
  mutating func pass(
    _ direction: Direction, _ flags: TCPSegment.Flags?, at now: VirtualTime
  ) {
    let isFirst = seen.isEmpty
    seen.insert(direction)
    if let flags {
      if flags.contains(.rst) || flags.contains(.fin) {
        isEstablished = false
        seen = []
      } else if flags == [.syn] {
        isEstablished = false
        seen = [direction]
      } else if flags.contains(.ack), !flags.contains(.syn), seen.count == 2 {
        isEstablished = true
      }
    }
    // What comes in keeps TCP alive, whose peer has been heard, and nothing else: a stranger could
    // hold a mapping open for ever (RFC 4787, REQ-6).
    guard direction == .outward || isFirst || ipProtocol == .tcp else { return }
    until = now + lifetime
  }

  /// The least that the standards ask for: 2 hours 4 minutes for an established connection and 4
  /// minutes for one that opens or closes (RFC 5382, REQ-5), 2 minutes for UDP (RFC 4787, REQ-5),
  /// 60 seconds for an echo (RFC 5508, REQ-2).
  private var lifetime: VirtualTime {
    switch ipProtocol {
    case .tcp: .seconds(isEstablished ? 7_440 : 240)
    case .udp: .seconds(120)
    default: .seconds(60)
    }
  }
}
