import HNVCore
import Testing

/// Answers that ovn-trace 23.03 gave are read as what they mean.
struct OVNVerdictTests {
  private static let a = MACAddress(bits: 0x02aa_0000_000a)
  private static let x = MACAddress(bits: 0x02aa_0000_000c)
  private static let near = MACAddress(bits: 0x0200_0000_0001)
  private static let far = MACAddress(bits: 0x0200_0000_0002)
  private static let (hostA, hostX) = (IPv4Address(10, 0, 1, 10), IPv4Address(10, 0, 2, 10))
  private static let router = IPv4Address(10, 0, 1, 1)

  /// The first line of the answer about an echo request from A, which every such answer has.
  private static func echo(to target: String, timeToLive: Int) -> String {
    "# icmp,reg14=0x3,vlan_tci=0x0000,dl_src=02:aa:00:00:00:0a,dl_dst=02:00:00:00:00:01,"
      + "nw_src=10.0.1.10,nw_dst=\(target),nw_tos=0,nw_ecn=0,nw_ttl=\(timeToLive),nw_frag=no,"
      + "icmp_type=8,icmp_code=0\n"
  }

  private static func ip(
    _ source: IPv4Address, _ destination: IPv4Address, _ timeToLive: UInt8
  ) -> OVNPacket.IP {
    OVNPacket.IP(source: source, destination: destination, timeToLive: timeToLive)
  }

  private func expect(
    _ answer: String, is cause: OVNVerdict.Cause, at ports: [String], _ packet: OVNPacket
  ) throws {
    let outputs = ports.map { OVNVerdict.Output(port: $0, cause: cause, packet: packet) }
    #expect(try OVNVerdict(parsing: answer) == OVNVerdict(outputs: outputs))
  }

  @Test func `a routed packet, through connection tracking`() throws {
    let answer =
      Self.echo(to: "10.0.2.10", timeToLive: 64) + """
        ct_next(ct_state=est|trk /* default (use --ct to customize) */) {
            ip.ttl--;
            eth.src = 02:00:00:00:00:02;
            eth.dst = 02:aa:00:00:00:0c;
            output("x");
        };

        """
    try expect(
      answer, is: .packet, at: ["x"],
      OVNPacket(
        source: Self.far, destination: Self.x, ip: Self.ip(Self.hostA, Self.hostX, 63),
        icmp: OVNPacket.ICMP(type: 8, code: 0)))
  }

  @Test func `a packet that an access list drops`() throws {
    let dropped = "ct_next(ct_state=est|trk /* default (use --ct to customize) */);\n"
    let first = Self.echo(to: "10.0.2.77", timeToLive: 64)
    #expect(try OVNVerdict(parsing: first + dropped).isDropped)
    #expect(try OVNVerdict(parsing: first).isDropped)
  }

  @Test func `time exceeded`() throws {
    let answer =
      Self.echo(to: "10.0.2.10", timeToLive: 1) + """
        icmp4 {
            eth.dst = 02:aa:00:00:00:0a;
            eth.src = 02:00:00:00:00:01;
            icmp4.type = 11;
            icmp4.code = 0;
            ip4.dst = 10.0.1.10;
            ip4.src = 10.0.1.1;
            ip.ttl = 254;
            ct_next(ct_state=est|trk /* default (use --ct to customize) */) {
                output("a");
            };
        };

        """
    try expect(
      answer, is: .icmp4, at: ["a"],
      OVNPacket(
        source: Self.near, destination: Self.a, ip: Self.ip(Self.router, Self.hostA, 254),
        icmp: OVNPacket.ICMP(type: 11, code: 0)))
  }

  @Test func `an echo that the router answers`() throws {
    let answer =
      Self.echo(to: "10.0.1.1", timeToLive: 1) + """
        ip4.dst = 10.0.1.10;
        ip4.src = 10.0.1.1;
        ip.ttl = 255;
        icmp4.type = 0;
        ip.ttl--;
        eth.src = 02:00:00:00:00:01;
        eth.dst = 02:aa:00:00:00:0a;
        output("a");

        """
    try expect(
      answer, is: .packet, at: ["a"],
      OVNPacket(
        source: Self.near, destination: Self.a, ip: Self.ip(Self.router, Self.hostA, 254),
        icmp: OVNPacket.ICMP(type: 0, code: 0)))
  }

  @Test func `a TCP reset in place of a packet whose TTL was 0`() throws {
    let answer = """
      # tcp,reg14=0x2,vlan_tci=0x0000,dl_src=02:aa:00:00:00:0a,dl_dst=02:00:00:00:00:01,\
      nw_src=10.0.1.10,nw_dst=10.0.1.1,nw_tos=0,nw_ecn=0,nw_ttl=0,nw_frag=no,tp_src=5,tp_dst=53,\
      tcp_flags=0
      tcp_reset {
          eth.dst = 02:aa:00:00:00:0a;
          eth.src = 02:00:00:00:00:01;
          ip4.dst = 10.0.1.10;
          ip4.src = 10.0.1.1;
          ip.ttl--;
          eth.src = 02:00:00:00:00:01;
          eth.dst = 02:aa:00:00:00:0a;
          output("a");
      };

      """
    try expect(
      answer, is: .reset, at: ["a"],
      OVNPacket(
        source: Self.near, destination: Self.a, ip: Self.ip(Self.router, Self.hostA, 62)))
  }

  @Test func `a next hop whose MAC is unknown`() throws {
    let answer =
      Self.echo(to: "10.0.1.77", timeToLive: 64) + """
        ip.ttl--;
        eth.src = 02:00:00:00:00:01;
        eth.dst = 00:00:00:00:00:00;
        arp {
            eth.dst = ff:ff:ff:ff:ff:ff;
            arp.spa = 0xa000101;
            arp.tpa = 0xa00014d;
            arp.op = 1;
            output("a");
            output("b");
        };

        """
    try expect(
      answer, is: .arp, at: ["a", "b"],
      OVNPacket(
        source: Self.near, destination: .broadcast,
        arp: OVNPacket.ARP(
          operation: 1, senderMAC: Self.near, sender: Self.router, targetMAC: MACAddress(bits: 0),
          target: IPv4Address(10, 0, 1, 77))))
  }

  @Test func `an ARP request that the switch answers, and one that it floods`() throws {
    func request(for target: String) -> String {
      "# arp,reg14=0x3,vlan_tci=0x0000,dl_src=02:aa:00:00:00:0a,dl_dst=ff:ff:ff:ff:ff:ff,"
        + "arp_spa=10.0.1.10,arp_tpa=\(target),arp_op=1,arp_sha=02:aa:00:00:00:0a,"
        + "arp_tha=00:00:00:00:00:00\n"
    }
    let answer =
      request(for: "10.0.1.1") + """
        eth.dst = 02:aa:00:00:00:0a;
        eth.src = 02:00:00:00:00:01;
        arp.op = 2;
        arp.tha = 02:aa:00:00:00:0a;
        arp.sha = 02:00:00:00:00:01;
        arp.tpa = 10.0.1.10;
        arp.spa = 10.0.1.1;
        output("a");

        """
    try expect(
      answer, is: .packet, at: ["a"],
      OVNPacket(
        source: Self.near, destination: Self.a,
        arp: OVNPacket.ARP(
          operation: 2, senderMAC: Self.near, sender: Self.router, targetMAC: Self.a,
          target: Self.hostA)))
    try expect(
      request(for: "10.0.1.77") + "output(\"b\");\noutput(\"g\");\n", is: .packet, at: ["b", "g"],
      OVNPacket(
        source: Self.a, destination: .broadcast,
        arp: OVNPacket.ARP(
          operation: 1, senderMAC: Self.a, sender: Self.hostA, targetMAC: MACAddress(bits: 0),
          target: IPv4Address(10, 0, 1, 77))))
  }

  @Test(arguments: [
    "put_dhcp_opts(offerip = 10.0.1.10);", "ct_snat(10.0.1.1) {", "};", "ip.ttl = 256;",
    "arp.op = 2;", "icmp4 {", "pkt.mark = 1;", "output(x);",
  ])
  func `a line that is not understood is an error`(line: String) {
    #expect(throws: OVNVerdict.Unreadable.self) {
      try OVNVerdict(parsing: Self.echo(to: "10.0.2.10", timeToLive: 64) + line + "\n")
    }
    #expect(throws: OVNVerdict.Unreadable.self) { try OVNVerdict(parsing: line) }
  }
}
