import HNVCore

@testable import HNVSim

/// Translation from the standards' sentences: a list of everything that has passed, read from its
/// start for each question.
struct GoldenTranslation {
  typealias Table = TranslationTable

  /// A packet that has passed, by the mapping it passed by.
  private struct FrameInTransit {
    let mapping: Int
    let peer: Table.Endpoint
    let isOutward: Bool
    let flags: TCPSegment.Flags?
    let time: UInt64
  }

  private struct Mapping {
    let inside: Table.Inside
    let port: UInt16
    let isPublished: Bool
  }

  private var mappings: [Mapping] = []
  private var passages: [FrameInTransit] = []

  init(published: [(Table.Inside, UInt16)]) {
    mappings = published.map { Mapping(inside: $0.0, port: $0.1, isPublished: true) }
  }

  /// Until when, in seconds, an exchange is remembered; `nil` for one that never was.
  private func end(_ mapping: Int, _ peer: Table.Endpoint) -> UInt64? {
    let ipProtocol = mappings[mapping].inside.ipProtocol
    var end: UInt64?
    var (spokeOut, spokeIn, established) = (false, false, false)
    for frameInTransit in passages
    where frameInTransit.mapping == mapping && frameInTransit.peer == peer {
      let isNew = end.map { frameInTransit.time >= $0 } ?? true
      if isNew { (spokeOut, spokeIn, established) = (false, false, false) }
      let spoke = spokeOut || spokeIn
      if frameInTransit.isOutward { spokeOut = true } else { spokeIn = true }
      if let flags = frameInTransit.flags {
        if flags.contains(.rst) || flags.contains(.fin) {
          (spokeOut, spokeIn, established) = (false, false, false)
        } else if flags == .syn {
          (spokeOut, spokeIn, established) = (
            frameInTransit.isOutward, !frameInTransit.isOutward, false
          )
        } else if flags == .ack, spokeOut, spokeIn {
          established = true
        }
      }
      switch ipProtocol {
      case .tcp: end = frameInTransit.time + (established ? 7440 : 240)
      case .udp where frameInTransit.isOutward || !spoke: end = frameInTransit.time + 120
      case .icmp where frameInTransit.isOutward || !spoke: end = frameInTransit.time + 60
      default: break
      }
    }
    return end
  }

  private func isLive(_ mapping: Int, at time: UInt64) -> Bool {
    if mappings[mapping].isPublished { return true }
    let peers = Set(passages.filter { $0.mapping == mapping }.map(\.peer))
    return peers.contains { end(mapping, $0).map { time < $0 } ?? false }
  }

  private func expects(_ mapping: Int, _ peer: Table.Endpoint, at time: UInt64) -> Bool {
    end(mapping, peer).map { time < $0 } ?? false
  }

  /// The port that a packet leaves by; `nil` when none is free.
  mutating func leave(
    _ inside: Table.Inside, to peer: Table.Endpoint, _ flags: TCPSegment.Flags?, at time: UInt64
  ) -> UInt16? {
    let own = mappings.indices.filter {
      mappings[$0].inside == inside && isLive($0, at: time)
    }
    var mapping = own.first { expects($0, peer, at: time) } ?? own.first
    if mapping == nil, let port = freePort(inside, at: time) {
      mappings.append(Mapping(inside: inside, port: port, isPublished: false))
      mapping = mappings.count - 1
    }
    guard let mapping else { return nil }
    passages.append(
      FrameInTransit(mapping: mapping, peer: peer, isOutward: true, flags: flags, time: time))
    return mappings[mapping].port
  }

  private func freePort(_ inside: Table.Inside, at time: UInt64) -> UInt16? {
    let taken = Set(
      mappings.indices.filter {
        mappings[$0].inside.ipProtocol == inside.ipProtocol && isLive($0, at: time)
      }.map { mappings[$0].port })
    let own = inside.endpoint.port
    let all: [UInt16] =
      inside.ipProtocol == .icmp
      ? Array(0...UInt16.max) : own < 1024 ? Array(1...1023) : Array(1024...UInt16.max)
    let ordered = all.filter { $0 >= own } + all.filter { $0 < own }
    return ordered.first { !taken.contains($0) }
  }

  /// Whom a packet from outside is for; `nil` for nobody.
  mutating func arrive(
    _ ipProtocol: IPProtocol, at port: UInt16, from peer: Table.Endpoint,
    _ flags: TCPSegment.Flags?, at time: UInt64
  ) -> Table.Inside? {
    let mapping = mappings.indices.last {
      mappings[$0].inside.ipProtocol == ipProtocol && mappings[$0].port == port
        && isLive($0, at: time)
    }
    guard let mapping, mappings[mapping].isPublished || expects(mapping, peer, at: time)
    else { return nil }
    passages.append(
      FrameInTransit(mapping: mapping, peer: peer, isOutward: false, flags: flags, time: time))
    return mappings[mapping].inside
  }
}
