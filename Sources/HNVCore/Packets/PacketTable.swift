/// The packets of a run, each a row that is written once.
///
/// Whoever holds a packet holds its number. What is large or rare lies beside the rows, and rows
/// share it: a packet with another TTL has the same payload.
public struct PacketTable: Sendable {
  @usableFromInline internal private(set) var rows: [Packet] = []
  /// Payloads, one behind the other.
  private var bytes: [UInt8] = []
  /// What no body holds.
  private var messages: [Transport] = []
  /// What IP headers have beside the key; the first is nobody's.
  private var headers: [Header] = [.v4(IPv4Rest())]

  /// What an IP header has beside the key.
  enum Header: Hashable, Sendable {
    case v4(IPv4Rest)
    case v6(flowLabel: UInt32, extensionHeaders: [IPv6ExtensionHeader])
  }

  /// The fields of an IPv4 header that few packets use.
  struct IPv4Rest: Hashable, Sendable {
    var identification: UInt16 = 0
    var fragmentOffset: UInt16 = 0
    var moreFragments = false
    var options: [UInt8] = []
  }

  /// Creates a table without packets.
  public init() {
    // Room for a question and its answer, which most runs are.
    rows.reserveCapacity(32)
    bytes.reserveCapacity(128)
  }

  /// Makes room for so many packets more.
  package mutating func makeRoom(for count: Int) { rows.reserveCapacity(rows.count + count) }

  /// How many packets there are.
  public var count: Int { rows.count }

  /// A packet of the table.
  ///
  /// - Precondition: the number is of this table.
  @inlinable
  public subscript(packet: PacketID) -> Packet { rows[Int(packet.row)] }

  /// Adds a packet that differs from one of the table.
  public mutating func add(_ packet: Packet) -> PacketID {
    rows.append(packet)
    return PacketID(row: UInt32(truncatingIfNeeded: rows.count - 1))
  }

  /// Adds a packet as it becomes by a change.
  public mutating func changing(
    _ packet: PacketID, _ change: (inout Packet) -> Void
  ) -> PacketID {
    var changed = self[packet]
    change(&changed)
    return add(changed)
  }

  /// Which part of a larger packet this is; `nil` for a whole packet.
  package func fragment(of packet: PacketID) -> Fragment? {
    let header = self[packet].header
    guard header != 0 else { return nil }
    switch headers[Int(header)] {
    case .v4(let rest):
      guard rest.moreFragments || rest.fragmentOffset > 0 else { return nil }
      return Fragment(
        identification: UInt32(rest.identification), offset: rest.fragmentOffset,
        moreFollow: rest.moreFragments)
    case .v6(_, let extensionHeaders):
      return IPv6Packet.fragment(in: extensionHeaders)
    }
  }

  /// The bytes of a frame, header included, frame check sequence not.
  package func frameByteCount(of packet: PacketID) -> Int {
    let packet = self[packet]
    let header = EthernetFrame.headerByteCount + (packet.tag == nil ? 0 : VLANTag.byteCount)
    if packet.isARP { return header + ARPMessage.byteCount }
    if case .bytes(let range) = packet.body, !packet.isIP { return header + Int(range.count) }
    return header + packet.byteCount
  }

  /// The bytes that a sender chose to send, in however many tunnels, without any header.
  package func payloadByteCount(of packet: PacketID) -> Int {
    let packet = self[packet]
    switch packet.body {
    case .echo(_, let range), .udp(let range): return Int(range.count)
    case .tunnel(_, let inner): return payloadByteCount(of: inner)
    case .message(let number):
      if case .tcp(let segment) = messages[Int(number)] { return segment.data.count }
      return 0
    case .arp, .solicitation, .advertisement, .esp, .bytes: return 0
    }
  }

  /// The control bits of a TCP segment; `nil` for anything else.
  package func tcpFlags(of packet: PacketID) -> TCPSegment.Flags? {
    guard case .message(let number) = self[packet].body,
      case .tcp(let segment) = messages[Int(number)]
    else { return nil }
    return segment.flags
  }
}

/// What the rows refer to.
extension PacketTable {
  func data(_ range: Packet.ByteRange) -> [UInt8] {
    Array(bytes[Int(range.start)..<Int(range.start) + Int(range.count)])
  }

  /// Keeps a payload; one that is the same as the last is not kept twice, as in a stream.
  mutating func keep(_ data: [UInt8]) -> Packet.ByteRange {
    if endsWith(data) {
      return Packet.ByteRange(
        start: UInt32(truncatingIfNeeded: bytes.count - data.count),
        count: UInt32(truncatingIfNeeded: data.count))
    }
    let start = bytes.count
    bytes += data
    return Packet.ByteRange(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: data.count))
  }

  // A byte at a time and by index: slices of arrays compare ten times slower.
  private func endsWith(_ data: [UInt8]) -> Bool {
    guard bytes.count >= data.count else { return false }
    let start = bytes.count - data.count
    for index in data.indices where bytes[start + index] != data[index] { return false }
    return true
  }

  func message(_ number: UInt32) -> Transport { messages[Int(number)] }

  mutating func keep(_ message: Transport) -> UInt32 {
    messages.append(message)
    return UInt32(truncatingIfNeeded: messages.count - 1)
  }

  func header(_ number: UInt32) -> Header { headers[Int(number)] }

  mutating func keep(_ header: Header) -> UInt32 {
    guard header != .v4(IPv4Rest()), header != .v6(flowLabel: 0, extensionHeaders: [])
    else { return 0 }
    headers.append(header)
    return UInt32(truncatingIfNeeded: headers.count - 1)
  }
}

/// Packets made of others, or of nothing.
extension PacketTable {
  /// Adds a packet between two addresses, without MAC addresses.
  ///
  /// - Returns: `nil` when the addresses' families differ.
  public mutating func add(
    from source: IPAddress, to destination: IPAddress, timeToLive: UInt8, _ transport: Transport
  ) -> PacketID? {
    guard source.family == destination.family else { return nil }
    let header = source.family == .v4 ? IPv4Packet.headerByteCount : IPv6Packet.headerByteCount
    var key = FlowKey(
      from: source, to: destination, timeToLive: timeToLive, transport.ipProtocol,
      byteCount: header + transport.byteCount)
    key.read(transport, in: nil)
    return add(Packet(key: key, body: body(of: transport, in: source.family)))
  }

  /// Adds an ARP message in a frame.
  package mutating func add(
    _ message: ARPMessage, from source: MACAddress, to destination: MACAddress
  ) -> PacketID {
    var packet = Packet(
      key: FlowKey(message, isToGroup: destination.isMulticast),
      body: .arp(senderMAC: message.senderMAC, targetMAC: message.targetMAC))
    packet.destinationMAC = destination
    packet.sourceMAC = source
    return add(packet)
  }

  /// Adds the reply to an echo request, without MAC addresses, with its identifier, sequence and
  /// data.
  ///
  /// - Returns: `nil` for what asks for no echo.
  package mutating func addEchoReply(to request: PacketID, timeToLive: UInt8) -> PacketID? {
    let request = self[request]
    guard request.isEchoRequest else { return nil }
    guard case .echo = request.body else {
      // An echo of the other family's protocol.
      guard case .message(let number) = request.body,
        let reply = message(number).echoReply
      else { return nil }
      return add(
        from: request.destination, to: request.source, timeToLive: timeToLive, reply)
    }
    var key = FlowKey(
      from: request.destination, to: request.source, timeToLive: timeToLive, request.ipProtocol,
      byteCount: byteCountWithoutRest(of: request))
    (key.sourcePort, key.destinationPort) = (request.key.sourcePort, request.key.destinationPort)
    key.traits.insert(.flow)
    return add(Packet(key: key, body: request.body))
  }

  /// Adds what a machine that echoes datagrams sends back (RFC 862), without MAC addresses.
  ///
  /// - Returns: `nil` for what is no datagram of a machine's own.
  package mutating func addDatagramReply(
    to datagram: PacketID, timeToLive: UInt8
  ) -> PacketID? {
    let datagram = self[datagram]
    guard case .udp = datagram.body else { return nil }
    var key = FlowKey(
      from: datagram.destination, to: datagram.source, timeToLive: timeToLive, .udp,
      byteCount: byteCountWithoutRest(of: datagram))
    (key.sourcePort, key.destinationPort) = (
      datagram.key.destinationPort, datagram.key.sourcePort
    )
    key.traits.formUnion([.ports, .flow])
    return add(Packet(key: key, body: datagram.body))
  }

  /// The bytes of a packet of the same payload with nothing in its header beside the key.
  private func byteCountWithoutRest(of packet: Packet) -> Int {
    guard packet.header != 0 else { return packet.byteCount }
    switch header(packet.header) {
    case .v4(let rest): return packet.byteCount - HeaderOptions.byteCount(rest.options)
    case .v6(_, let headers): return packet.byteCount - headers.reduce(0) { $0 + $1.byteCount }
    }
  }

  /// Puts a frame, or a packet without one, in a tunnel.
  ///
  /// - Returns: a packet without MAC addresses; `nil` when the addresses' families differ.
  package mutating func encapsulate(
    _ inner: PacketID, in header: Packet.TunnelHeader, from source: IPAddress,
    to destination: IPAddress, timeToLive: UInt8, differentiatedServices: UInt8 = 0,
    dontFragment: Bool = true
  ) -> PacketID? {
    guard source.family == destination.family else { return nil }
    let isFrame = if case .mpls(_, aroundFrame: false) = header { false } else { true }
    let size = isFrame ? frameByteCount(of: inner) : self[inner].byteCount
    let ipHeader = source.family == .v4 ? IPv4Packet.headerByteCount : IPv6Packet.headerByteCount
    var key = FlowKey(
      from: source, to: destination, timeToLive: timeToLive, header.ipProtocol,
      byteCount: ipHeader + header.byteCount(around: size))
    key.traits.insert(.flow)
    if let ports = header.ports {
      key.traits.insert(.ports)
      (key.sourcePort, key.destinationPort) = ports
    }
    key.differentiatedServices = differentiatedServices
    var packet = Packet(key: key, body: .tunnel(header, inner))
    packet.dontFragment = dontFragment
    return add(packet)
  }

  /// Puts a packet in a site-to-site tunnel.
  ///
  /// - Returns: a packet without MAC addresses; `nil` when the addresses' families differ.
  package mutating func encapsulate(
    _ inner: PacketID, in header: ESPHeader, from source: IPAddress, to destination: IPAddress,
    timeToLive: UInt8
  ) -> PacketID? {
    guard source.family == destination.family else { return nil }
    let ipHeader = source.family == .v4 ? IPv4Packet.headerByteCount : IPv6Packet.headerByteCount
    var key = FlowKey(
      from: source, to: destination, timeToLive: timeToLive, .esp,
      byteCount: ipHeader + ESPHeader.byteCount(around: self[inner].byteCount))
    key.traits.insert(.flow)
    return add(Packet(key: key, body: .esp(header, inner)))
  }
}

/// What machines say to one another about MAC addresses.
extension PacketTable {
  /// Adds a question for a MAC address, to everyone on the link or to the address's group.
  ///
  /// - Returns: `nil` when the families differ.
  public mutating func add(
    questionFor target: IPAddress, from sender: IPAddress, _ mac: MACAddress
  ) -> PacketID? {
    switch (target, sender) {
    case (.v4(let target), .v4(let sender)):
      return add(
        ARPMessage(
          operation: .request, senderMAC: mac, senderAddress: sender,
          targetMAC: MACAddress(bits: 0), targetAddress: target), from: mac, to: .broadcast)
    case (.v6(let target), .v6(let sender)):
      let group = target.solicitedNodeMulticast
      return add(
        .neighborSolicitation(target: target, sender: mac), from: sender, mac, to: group,
        .multicast(for: group))
    default: return nil
    }
  }

  /// Adds what tells everyone on a link who has an address: a gratuitous ARP (RFC 5227, section 3)
  /// or an unsolicited advertisement (RFC 4861, section 7.2.6).
  public mutating func add(announcementOf address: IPAddress, at mac: MACAddress) -> PacketID {
    switch address {
    case .v4(let own):
      return add(
        ARPMessage(
          operation: .request, senderMAC: mac, senderAddress: own, targetMAC: MACAddress(bits: 0),
          targetAddress: own), from: mac, to: .broadcast)
    case .v6(let own):
      let everyone = IPv6Address(bits: 0xff02 << 112 | 1)
      return add(
        .neighborAdvertisement(target: own, targetMAC: mac, solicited: false), from: own, mac,
        to: everyone, .multicast(for: everyone))
    }
  }

  /// RFC 4861, section 7.1: neighbour discovery travels with a hop limit of 255.
  mutating func add(
    _ message: ICMPv6Message, from source: IPv6Address, _ sourceMAC: MACAddress,
    to destination: IPv6Address, _ destinationMAC: MACAddress
  ) -> PacketID {
    let transport = Transport.icmpv6(message)
    var key = FlowKey(
      from: .v6(source), to: .v6(destination), timeToLive: 255, .icmpv6,
      byteCount: IPv6Packet.headerByteCount + transport.byteCount)
    key.read(transport, in: nil)
    var packet = Packet(key: key, body: body(of: transport, in: .v6))
    packet.destinationMAC = destinationMAC
    packet.sourceMAC = sourceMAC
    return add(packet)
  }
}
