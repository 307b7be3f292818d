import HNVCore
import Testing

@testable import HNVSim

/// The table of a translating adapter against a list of everything that has passed.
struct TranslationTableTests {
  typealias Table = TranslationTable

  private static let own = IPAddress.v4(IPv4Address(203, 0, 113, 2))

  private static func inside(
    _ ipProtocol: IPProtocol, _ compartment: Int, _ host: UInt8, _ port: UInt16
  ) -> Table.Inside {
    Table.Inside(
      ipProtocol: ipProtocol, compartment: compartment,
      endpoint: Table.Endpoint(address: .v4(IPv4Address(10, 0, 1, host)), port: port))
  }

  private static func outside(_ ipProtocol: IPProtocol, _ port: UInt16) -> Table.Outside {
    Table.Outside(
      ipProtocol: ipProtocol, endpoint: Table.Endpoint(address: own, port: port))
  }

  private static func published(_ inside: Table.Inside, _ port: UInt16) -> Table.Entry {
    Table.Entry(
      inside: inside, outside: outside(inside.ipProtocol, port), owner: nil, isPublished: true)
  }

  private static let ports: [UInt16] = [1, 80, 1023, 1024, 1025, 49152, 65535]
  private static let flags: [TCPSegment.Flags] = [
    .syn, [.syn, .ack], .ack, [.fin, .ack], .rst,
  ]

  // RFC 4787, REQ-1, 3, 5, 6 and 8; RFC 5382, REQ-5; RFC 5508, REQ-2.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `random traffic passes as the list of all before it says`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let web = Self.inside(.tcp, 1, 11, 80)
    var table = Table(publications: [Self.published(web, 80), Self.published(web, 1024)])
    var golden = GoldenTranslation(published: [(web, 80), (web, 1024)])
    var time: UInt64 = 0
    for _ in 0..<160 {
      time +=
        UInt64.random(in: 0...9, using: &random) == 0 ? 100 : .random(in: 0...40, using: &random)
      if UInt64.random(in: 0...30, using: &random) == 0 { time += 7000 }
      let now = VirtualTime.seconds(time)
      let ipProtocol: IPProtocol = [.tcp, .udp, .icmp].randomElement(using: &random) ?? .tcp
      let flags = ipProtocol == .tcp ? Self.flags.randomElement(using: &random) : nil
      let port = Self.ports.randomElement(using: &random) ?? 1
      let peer = Table.Endpoint(
        address: .v4(IPv4Address(198, 51, 100, .random(in: 1...2, using: &random))),
        port: ipProtocol == .icmp ? 0 : .random(in: 1...2, using: &random))
      if Bool.random(using: &random) {
        let inside = Self.inside(
          ipProtocol, .random(in: 0...1, using: &random), .random(in: 11...12, using: &random), port
        )
        let entry = table.entry(
          for: inside, to: peer, by: Self.own, flags: flags, owner: nil, at: now)
        #expect(entry?.outside.endpoint.port == golden.leave(inside, to: peer, flags, at: time))
      } else {
        let arrival = table.arrival(
          at: Self.outside(ipProtocol, port), from: peer, flags: flags, at: now)
        let inside: Table.Inside? =
          if case .entry(let entry) = arrival { entry.inside } else { nil }
        #expect(inside == golden.arrive(ipProtocol, at: port, from: peer, flags, at: time))
      }
    }
  }

  // RFC 4787, REQ-3: ports up to 1023 stay among themselves, and are not shared.
  @Test func `the last port is the last, and then there is none`() throws {
    let address = Self.own
    var table = Table()
    let peer = Table.Endpoint(address: .v4(IPv4Address(198, 51, 100, 1)), port: 9)
    var taken: [UInt16] = []
    for host in 0..<1023 {
      let inside = Self.inside(.udp, host, 11, 1000)
      let entry = table.entry(
        for: inside, to: peer, by: address, flags: nil, owner: nil, at: .zero)
      taken.append(try #require(entry).outside.endpoint.port)
    }
    #expect(taken == Array(1000...1023) + Array(1...999))
    let more = Self.inside(.udp, 1023, 11, 1000)
    #expect(
      table.entry(for: more, to: peer, by: address, flags: nil, owner: nil, at: .zero) == nil)
    // Two minutes on, all are free again.
    let late = table.entry(
      for: more, to: peer, by: address, flags: nil, owner: nil, at: .seconds(120))
    #expect(late?.outside.endpoint.port == 1000)
  }

  @Test func `one port stands for an inside port towards all peers`() {
    var table = Table()
    let inside = Self.inside(.udp, 0, 11, 5353)
    let ports = (1...5).map { number in
      table.entry(
        for: inside, to: Table.Endpoint(address: Self.own, port: number), by: Self.own, flags: nil,
        owner: nil, at: .zero)?.outside.endpoint.port
    }
    #expect(ports == [5353, 5353, 5353, 5353, 5353])
    #expect(table.entries(of: .udp, at: .zero).count == 1)
  }
}
