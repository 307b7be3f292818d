import HNVCore

/// What routers of a subnet tell one another.
extension KnownFrame {
  /// RFC 5798, section 5.1: version 3 and type 1, virtual router 10, priority 100, two addresses, a
  /// second; to the group of section 5.1.1.2, from the address of section 7.3.
  static let vrrp = KnownFrame(
    "VRRP advertisement",
    """
    01005e000012 00005e00010a 0800
    45 c0 0024  0000 4000  ff 70 8f8c  0a00010b e0000012
    31 0a 64 02  0064 67ef  0a000101 0a000201
    """,
    frame(
      .v4(
        IPv4Packet(
          source: a, destination: VRRPAdvertisement.group,
          timeToLive: VRRPAdvertisement.timeToLive, differentiatedServices: 0xc0,
          transport: .vrrp(
            VRRPAdvertisement(
              virtualRouterID: 10, priority: 100,
              addresses: [IPv4Address(10, 0, 1, 1), IPv4Address(10, 0, 2, 1)])))),
      from: .virtualRouter(10), to: MACAddress(bits: 0x0100_5e00_0012)))
}
