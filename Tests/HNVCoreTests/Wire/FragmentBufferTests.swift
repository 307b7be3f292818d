import HNVCore
import Testing

/// Packets in parts, and put together again (RFC 791, section 3.2; RFC 8200, section 4.5).
@Suite struct FragmentBufferTests {
  private static let bytes = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  static func v4(_ count: Int, options: [UInt8] = [], identification: UInt16 = 77) -> IPv4Packet {
    IPv4Packet(
      source: IPv4Address(10, 0, 0, 1), destination: IPv4Address(10, 0, 0, 2), timeToLive: 9,
      dontFragment: false, identification: identification, options: options,
      transport: .udp(
        UDPDatagram(sourcePort: 1, destinationPort: 2, data: Array(bytes.prefix(count)))))
  }

  static func v6(_ count: Int, _ headers: [IPv6ExtensionHeader] = []) -> IPv6Packet {
    IPv6Packet(
      source: IPv6Address(bits: 1 << 120), destination: IPv6Address(bits: 2 << 120), hopLimit: 9,
      extensionHeaders: headers,
      transport: .udp(
        UDPDatagram(sourcePort: 1, destinationPort: 2, data: Array(bytes.prefix(count)))))
  }

  private func joined(_ parts: [IPPacket]) -> FragmentBuffer.Outcome {
    var buffer = FragmentBuffer()
    var outcome = FragmentBuffer.Outcome.incomplete
    for part in parts {
      #expect(outcome == .incomplete)
      outcome = buffer.add(part)
    }
    return outcome
  }

  @Test func `IPv4 counts in eights, and all parts but the last are followed`() throws {
    // 3980 bytes behind the header; 1480 is the most that 1500 holds.
    let parts = try #require(Self.v4(3972).fragments(fitting: 1500))
    #expect(parts.map(\.byteCount) == [1500, 1500, 20 + 3980 - 2 * 1480])
    #expect(parts.map(\.fragmentOffset) == [0, 185, 370])
    #expect(parts.map(\.moreFragments) == [true, true, false])
    #expect(parts.allSatisfy { $0.identification == 77 && $0.timeToLive == 9 })
    #expect(parts.allSatisfy { $0.transport.ipProtocol == .udp && $0.transport.ports == nil })
  }

  @Test func `IPv6 has a fragment header in each part`() throws {
    // 1280 less 40 and 8 are 1232, a multiple of eight.
    let parts = try #require(Self.v6(2000).fragments(fitting: 1280, identification: 5))
    #expect(parts.map(\.byteCount) == [1280, 48 + 2008 - 1232])
    let headers = parts.compactMap(\.fragment)
    #expect(headers.map(\.offset) == [0, 154])
    #expect(headers.map(\.moreFollow) == [true, false])
    #expect(headers.allSatisfy { $0.identification == 5 })
  }

  @Test func `what fits stays as it is`() {
    #expect(Self.v4(72).fragments(fitting: 100) == [Self.v4(72)])
    #expect(Self.v6(52).fragments(fitting: 100, identification: 1) == [Self.v6(52)])
  }

  @Test func `a part needs room for eight bytes`() {
    #expect(Self.v4(100).fragments(fitting: 27) == nil)
    #expect(Self.v4(100).fragments(fitting: 28)?.count == 14)
    #expect(Self.v6(100).fragments(fitting: 55, identification: 1) == nil)
    #expect(Self.v6(100).fragments(fitting: 56, identification: 1)?.count == 14)
    for mtu in [0, -1, Int.min / 2] {
      #expect(Self.v4(100).fragments(fitting: mtu) == nil)
      #expect(Self.v6(100).fragments(fitting: mtu, identification: 1) == nil)
    }
  }

  @Test func `nobody divides a part of an IPv6 packet again`() throws {
    let parts = try #require(Self.v6(2000).fragments(fitting: 1280, identification: 5))
    #expect(parts[0].fragments(fitting: 600, identification: 6) == nil)
  }

  @Test func `later parts repeat the options that are to be copied, and no others`() throws {
    // Record route (7) is not copied; loose source route (131) is (RFC 791, section 3.1).
    let route: [UInt8] = [7, 3, 4, 1]
    let source: [UInt8] = [131, 3, 4, 0]
    let parts = try #require(Self.v4(200, options: route + source).fragments(fitting: 100))
    #expect(parts[0].options == route + source)
    #expect(parts.dropFirst().allSatisfy { $0.options == [131, 3, 4] })
    #expect(joined(parts.map { .v4($0) }) == .whole(.v4(Self.v4(200, options: route + source))))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `parts of any size, in any order, give the packet back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 0...3900, using: &random)
    let options = Array(repeating: UInt8(1), count: 4 * Int.random(in: 0...10, using: &random))
    let packet = Self.v4(count, options: options)
    let mtu = Int.random(in: 68...1500, using: &random)
    let parts = try #require(packet.fragments(fitting: mtu))
    #expect(parts.allSatisfy { $0.byteCount <= mtu })
    let expected: FragmentBuffer.Outcome = parts.count > 1 ? .whole(.v4(packet)) : .spoilt
    #expect(joined(parts.map { IPPacket.v4($0) }.shuffled(using: &random)) == expected)

    let headers: [[IPv6ExtensionHeader]] = [
      [], [.options(IPProtocol(number: 0), [1, 4, 0, 0, 0, 0])],
      [.options(IPProtocol(number: 60), [1, 4, 0, 0, 0, 0])],
    ]
    let other = Self.v6(count, headers[Int(seed % 3)])
    let wide = Int.random(in: 1280...1500, using: &random)
    let pieces = try #require(other.fragments(fitting: wide, identification: 3))
    #expect(pieces.allSatisfy { $0.byteCount <= wide })
    let whole: FragmentBuffer.Outcome = pieces.count > 1 ? .whole(.v6(other)) : .spoilt
    #expect(joined(pieces.map { IPPacket.v6($0) }.shuffled(using: &random)) == whole)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `parts that were divided again give the packet back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let packet = Self.v4(3000)
    let parts = try #require(packet.fragments(fitting: 1006)).flatMap {
      $0.fragments(fitting: 68 + Int(seed) * 30) ?? []
    }
    #expect(joined(parts.map { IPPacket.v4($0) }.shuffled(using: &random)) == .whole(.v4(packet)))
  }

  @Test func `parts belong together by addresses, number and, in IPv4, protocol`() throws {
    let part = try #require(Self.v4(200).fragments(fitting: 100))[0]
    let other = try #require(Self.v4(200, identification: 78).fragments(fitting: 100))[0]
    var icmp = part
    icmp.transport = .other(.icmp, data: [0, 1, 2, 3, 4, 5, 6, 7])
    let key = FragmentBuffer.Key(.v4(part))
    #expect(key != nil && FragmentBuffer.Key(.v4(Self.v4(200))) == nil)
    #expect(FragmentBuffer.Key(.v4(other)) != key && FragmentBuffer.Key(.v4(icmp)) != key)
    var six = try #require(Self.v6(2000).fragments(fitting: 1280, identification: 5))[0]
    let sixth = FragmentBuffer.Key(.v6(six))
    six.transport = .other(.icmp, data: [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(FragmentBuffer.Key(.v6(six)) == sixth)
  }

  @Test func `a part that comes twice counts once`() throws {
    let parts = try #require(Self.v4(200).fragments(fitting: 100)).map { IPPacket.v4($0) }
    #expect(
      joined([parts[0], parts[0], parts[2], parts[2], parts[1]]) == .whole(.v4(Self.v4(200))))
  }

  /// A part of zeros: where it begins, how much it carries, and whether more follow.
  private func part(_ family: IPFamily, _ start: UInt16, _ count: Int, more: Bool) -> IPPacket {
    let data = Transport.other(.udp, data: Array(repeating: UInt8(0), count: count))
    switch family {
    case .v4:
      var packet = Self.v4(0)
      packet.fragmentOffset = start / 8
      packet.moreFragments = more
      packet.transport = data
      return .v4(packet)
    case .v6:
      var packet = Self.v6(0)
      packet.extensionHeaders = [
        .fragment(Fragment(identification: 1, offset: start / 8, moreFollow: more))
      ]
      packet.transport = data
      return .v6(packet)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `parts that overlap spoil the packet (RFC 5722)`(family: IPFamily) {
    let first = part(family, 0, 16, more: true)
    #expect(joined([first, part(family, 8, 16, more: true)]) == .spoilt)
    #expect(joined([part(family, 8, 16, more: false), first]) == .spoilt)
    #expect(joined([first, part(family, 0, 8, more: true)]) == .spoilt)
    // An end before what has come, and two ends.
    #expect(joined([part(family, 16, 8, more: true), part(family, 8, 8, more: false)]) == .spoilt)
    #expect(
      joined([part(family, 16, 8, more: false), part(family, 32, 8, more: false)]) == .spoilt)
    #expect(joined([part(family, 16, 8, more: false), part(family, 32, 8, more: true)]) == .spoilt)
  }

  @Test(arguments: IPFamily.allCases)
  func `parts that no packet can have spoil it`(family: IPFamily) {
    #expect(joined([part(family, 0, 12, more: true)]) == .spoilt)
    #expect(joined([part(family, 8, 0, more: false)]) == .spoilt)
    #expect(joined([part(family, 65_528, 16, more: false)]) == .spoilt)
    #expect(joined([.v4(Self.v4(8))]) == .spoilt)
  }
}
