import HNVCore
import Testing

/// VRRP for IPv4, against the figure of RFC 5798, section 5.1.
struct VRRPTests {
  private static let text = "31 0a 64 01 0064 0000 0a000101"

  @Test func `an advertisement is read with its checksum alone`() throws {
    let sealed = RawPacket.sealed(Self.text, at: 6, 112)
    let advertisement = VRRPAdvertisement(
      virtualRouterID: 10, priority: 100, addresses: [IPv4Address(10, 0, 1, 1)])
    #expect(try RawPacket.readV4(112, sealed) == .vrrp(advertisement))
    var wrong = sealed
    wrong[7] ^= 1
    #expect(try RawPacket.readV4(112, wrong) == .other(.vrrp, data: wrong))
    // RFC 9568, section 5.2.8, leaves the addresses out.
    let bare = RawPacket.sealed(Self.text, at: 6)
    #expect(try RawPacket.readV4(112, bare) == .other(.vrrp, data: bare))
  }

  @Test(arguments: [
    // Version 2, type 2, a reserved bit, more and fewer addresses than counted, no interval.
    "21 0a 64 01 0064 0000 0a000101", "32 0a 64 01 0064 0000 0a000101",
    "31 0a 64 01 1064 0000 0a000101", "31 0a 64 01 0064 0000 0a000101 0a000201",
    "31 0a 64 02 0064 0000 0a000101", "31 0a 64 00 0064 0000 0a000101", "31 0a 64 01 0064 0000",
  ])
  func `an advertisement with other fields stays bytes`(text: String) throws {
    let bytes = RawPacket.sealed(text, at: 6, 112)
    #expect(try RawPacket.readV4(112, bytes) == .other(.vrrp, data: bytes))
  }

  @Test func `over IPv6 it stays bytes`() throws {
    let bytes = RawPacket.sealed(Self.text, at: 6, 112, v6: true)
    #expect(try RawPacket.readV6(112, bytes).transport == .other(.vrrp, data: bytes))
  }

  @Test(arguments: [(0, 8), (1, 12), (255, 8 + 255 * 4), (256, 8 + 255 * 4)])
  func `no more addresses are sent than can be counted`(count: Int, byteCount: Int) throws {
    let addresses = (0..<count).map { IPv4Address(bits: UInt32($0)) }
    let packet = KnownFrame.packet(
      .vrrp(VRRPAdvertisement(virtualRouterID: 1, priority: 255, addresses: addresses)))
    #expect(packet.byteCount == 20 + byteCount)
    #expect(packet.wireBytes.count == 20 + byteCount)
    guard case .vrrp(let read) = try IPPacket(decoding: packet.wireBytes).transport else {
      Issue.record("not read as it is")
      return
    }
    #expect(read.addresses == Array(addresses.prefix(255)))
  }

  @Test func `the interval has twelve bits`() {
    let advertisement = VRRPAdvertisement(
      virtualRouterID: 1, priority: 1, maxAdvertisementInterval: .max, addresses: [])
    #expect(advertisement.maxAdvertisementInterval == 4095)
  }

  @Test func `a virtual router has an address of its own`() {
    #expect(MACAddress.virtualRouter(0x1f).description == "00-00-5E-00-01-1F")
    #expect(MACAddress.virtualRouter(255).description == "00-00-5E-00-01-FF")
    #expect(IPAddress.v4(VRRPAdvertisement.group).description == "224.0.0.18")
  }
}
