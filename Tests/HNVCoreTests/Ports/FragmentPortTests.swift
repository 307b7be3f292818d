import HNVCore
import Testing

/// Fragments at a port: only the first has ports (RFC 791, section 3.2; RFC 8200, section 4.5).
struct FragmentPortTests {
  /// A piece of a datagram from port 1000 to port 53.
  private func piece(_ family: IPFamily, offset: UInt16) throws -> IPPacket {
    let data: [UInt8] = [3, 232, 0, 53, 0, 32, 0, 0]
    let article = try Article(family)
    switch (article.a.address, article.b.address) {
    case (.v4(let a), .v4(let b)):
      var packet = IPv4Packet(
        source: a, destination: b, timeToLive: 9, transport: .other(.udp, data: data))
      packet.moreFragments = true
      packet.fragmentOffset = offset
      return .v4(packet)
    case (.v6(let a), .v6(let b)):
      let fragment = Fragment(identification: 1, offset: offset, moreFollow: true)
      return .v6(
        IPv6Packet(
          source: a, destination: b, hopLimit: 9, extensionHeaders: [.fragment(fragment)],
          transport: .other(.udp, data: data)))
    default: throw EthernetFrame.MixedFamilies()
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a rule that names ports matches the first fragment and no later one`(
    family: IPFamily
  ) throws {
    let dns = AccessRule(
      name: "dns", action: .deny, direction: .outbound, ipProtocol: .udp, remotePorts: 53...53,
      weight: 1)
    let udp = AccessRule(
      name: "udp", action: .deny, direction: .outbound, ipProtocol: .udp, weight: 1)
    let (first, later) = (try piece(family, offset: 0), try piece(family, offset: 185))
    #expect(first.ports?.source == 1000)
    #expect(dns.matches(first))
    #expect(later.ports == nil)
    #expect(!dns.matches(later))
    #expect(udp.matches(later))
  }

  @Test(arguments: IPFamily.allCases)
  func `a later fragment belongs to no flow`(family: IPFamily) throws {
    let port = try Article(family).policy().hosts[0].policy.ports[0]
    #expect(ConnectionKey(try piece(family, offset: 0), .outbound, at: port)?.remotePort == 53)
    #expect(ConnectionKey(try piece(family, offset: 185), .outbound, at: port) == nil)
  }

  @Test func `a first fragment too short for ports has none`() throws {
    var packet = IPv4Packet(
      source: IPv4Address(10, 0, 1, 11), destination: IPv4Address(10, 0, 1, 12), timeToLive: 9,
      transport: .other(.udp, data: [3, 232, 0]))
    packet.moreFragments = true
    #expect(IPPacket.v4(packet).ports == nil)
  }
}
