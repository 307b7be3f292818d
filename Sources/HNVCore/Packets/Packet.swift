/// A packet by its number in a table.
public struct PacketID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let row: UInt32
}

/// A frame or a packet as a row: what forwarding reads, and what the rest is, by number.
///
/// A row that is in a table does not change; a packet that does is another row, so that both can be
/// told. A packet for which there is no frame yet has MAC addresses of zero. `EthernetFrame`
/// describes the same in full.
public struct Packet: Sendable, BitwiseCopyable {
  /// What forwarding reads.
  public internal(set) var key: FlowKey
  var body: Body
  /// What its IP header has beside the key, among those of the table; 0 for nothing.
  var header: UInt32 = 0

  /// What a packet carries, as far as its key does not say it.
  enum Body: Sendable, BitwiseCopyable {
    /// The hardware addresses of ARP.
    case arp(senderMAC: MACAddress, targetMAC: MACAddress)
    case solicitation(senderMAC: MACAddress?)
    case advertisement(targetMAC: MACAddress, isSolicited: Bool)
    /// An echo request or reply, whose identifier stands in place of ports.
    case echo(sequence: UInt16, ByteRange)
    case udp(ByteRange)
    case tunnel(TunnelHeader, PacketID)
    case esp(ESPHeader, PacketID)
    /// What is rare on the way, among the messages of the table; ports are those of the key.
    case message(UInt32)
    /// What has no type: all that stands behind the last header.
    case bytes(ByteRange)
  }

  /// Bytes in the table.
  struct ByteRange: Sendable, BitwiseCopyable {
    let start: UInt32
    let count: UInt32
  }

  /// The header by which a tunnel tells whose a packet is.
  package enum TunnelHeader: Hashable, Sendable, BitwiseCopyable {
    case nvgre(NVGREHeader)
    case vxlan(VXLANHeader)
    case geneve(GeneveHeader)
    /// A label before a frame, or before a packet without one.
    case mpls(MPLSHeader, aroundFrame: Bool)
    case experimental(ExperimentalHeader)
  }
}

/// What a row says by itself.
extension Packet {
  /// The MAC address the frame is sent to.
  public var destinationMAC: MACAddress {
    get { key.destinationMAC }
    set {
      key.destinationMAC = newValue
      readNeighbors()
    }
  }

  /// The MAC address the frame is sent from.
  public var sourceMAC: MACAddress {
    get { key.sourceMAC }
    set {
      key.sourceMAC = newValue
      readNeighbors()
    }
  }

  /// The 802.1Q tag; `nil` for an untagged frame.
  public var tag: VLANTag? {
    get { key.tag }
    set { key.tag = newValue }
  }

  /// IPv4's TTL or IPv6's hop limit; 0 for what is no IP packet.
  public var timeToLive: UInt8 {
    get { key.timeToLive }
    set { if isIP { key.timeToLive = newValue } }
  }

  /// The field that both families have under different names (RFC 2474).
  package var differentiatedServices: UInt8 {
    get { key.differentiatedServices }
    set { if isIP { key.differentiatedServices = newValue } }
  }

  /// Whether routers must drop the packet rather than fragment it: always over IPv6.
  package var dontFragment: Bool {
    get { key.has(.dontFragment) }
    set {
      guard isIP, family == .v4 else { return }
      if newValue { key.traits.insert(.dontFragment) } else { key.traits.remove(.dontFragment) }
    }
  }

  /// Whether the frame carries an IP packet.
  public var isIP: Bool { key.isIP }

  /// Whether the frame carries ARP.
  public var isARP: Bool { key.kind == .arp }

  /// Whether the packet asks or answers for a MAC address, over IPv6.
  package var isNeighborDiscovery: Bool { key.kind == .neighborDiscovery }

  /// Whether a question for a MAC address, by ARP or neighbour discovery, rather than an answer.
  package var isQuestion: Bool { key.has(.asks) }

  /// Whether a machine announces its own address to everyone.
  package var isAnnouncement: Bool { key.has(.isGratuitous) }

  /// The addresses between which the packet goes; of a question for a neighbour, the asker's and
  /// the one that is asked for, and of its answer that one twice.
  package var subjects: (source: IPAddress, destination: IPAddress) {
    switch key.kind {
    case .arp: return (source, isQuestion ? destination : source)
    case .neighborDiscovery:
      let named = key.neighborBits.address(.v6)
      return (isQuestion ? source : named, named)
    case .plain, .routerAdvertisement, .other: return (source, destination)
    }
  }

  /// The family of the addresses.
  public var family: IPFamily { key.family }

  /// Where an IP packet comes from; the sender's address of ARP.
  public var source: IPAddress { key.source }

  /// Where an IP packet goes to; the target's address of ARP.
  public var destination: IPAddress { key.destination }

  /// What an IP packet carries.
  public var ipProtocol: IPProtocol { key.ipProtocol }

  /// The bytes of an IP packet, header included; 0 for what is none.
  public var byteCount: Int { Int(key.byteCount) }

  /// The ports of UDP and TCP, as a switch finds them behind the IP header; `nil` for what has none
  /// (`IPPacket.ports`).
  public var ports: (source: UInt16, destination: UInt16)? { key.ports }

  /// What tells the packet's flow from others between its addresses: ports, the identifier of an
  /// echo, or zeros; `nil` for what belongs to no flow: a fragment without ports, and ICMP messages
  /// other than echo.
  package var flowPorts: (source: UInt16, destination: UInt16)? { key.flowPorts }

  /// The same number for all packets of a flow; 0 for what is no IP packet.
  package var flowHash: UInt16 { key.flowHash }

  /// Whether the packet is a part of a larger one.
  package var isFragment: Bool { key.has(.fragment) }

  /// Whether the packet asks for an echo.
  package var isEchoRequest: Bool { key.has(.echoRequest) }

  /// The identifier of an echo request or reply; `nil` for what is none.
  package var echoIdentifier: UInt16? { if case .echo = body { key.sourcePort } else { nil } }

  /// The frame or packet inside a tunnel; `nil` for what carries none.
  package var inner: PacketID? {
    switch body {
    case .tunnel(_, let packet), .esp(_, let packet): packet
    case .arp, .solicitation, .advertisement, .echo, .udp, .message, .bytes: nil
    }
  }

  /// The header of the tunnel around what is inside; `nil` for what carries no customer's packet.
  package var tunnelHeader: TunnelHeader? {
    if case .tunnel(let header, _) = body { header } else { nil }
  }

  /// The header of the site-to-site tunnel around what is inside; `nil` for what is in none.
  package var espHeader: ESPHeader? {
    if case .esp(let header, _) = body { header } else { nil }
  }

  /// The MAC address that a neighbour message gives for its sender; `nil` where it gives none.
  package var neighborMAC: MACAddress? {
    switch body {
    case .arp(let mac, _), .advertisement(let mac, _): mac
    case .solicitation(let mac): mac
    case .echo, .udp, .tunnel, .esp, .message, .bytes: nil
    }
  }

  /// Gives the packet other addresses; does nothing where they are of another family.
  package mutating func readdress(from source: IPAddress, to destination: IPAddress) {
    guard source.family == family, destination.family == family else { return }
    key.sourceBits = AddressWords(source)
    key.destinationBits = AddressWords(destination)
    readNeighbors()
  }

  /// Gives the frame other MAC addresses.
  package mutating func readdress(from source: MACAddress, to destination: MACAddress) {
    key.sourceMAC = source
    key.destinationMAC = destination
    readNeighbors()
  }

  /// Gives a packet that has ports, or the identifier of an echo, others.
  package mutating func translate(
    portsTo ports: (source: UInt16, destination: UInt16)
  ) {
    guard key.flowPorts != nil else { return }
    (key.sourcePort, key.destinationPort) = ports
  }

  /// Applies what a decision changes.
  package mutating func apply(_ rewrite: Rewrite) {
    key.destinationMAC = rewrite.destinationMAC
    key.sourceMAC = rewrite.sourceMAC
    timeToLive -= min(timeToLive, rewrite.timeToLiveCost)
    readNeighbors()
  }

  /// What the key says of neighbour messages follows from the addresses around them.
  private mutating func readNeighbors() {
    guard key.kind == .arp || isNeighborDiscovery else { return }
    let isToGroup =
      isARP
      ? destinationMAC.isMulticast && key.sourceBits == key.destinationBits
      : !isQuestion && destination.isMulticast
    set(.isGratuitous, isToGroup)
    set(.namesOwnMAC, neighborMAC == sourceMAC)
  }

  private mutating func set(_ trait: FlowKey.Traits, _ isSet: Bool) {
    if isSet { key.traits.insert(trait) } else { key.traits.remove(trait) }
  }
}

extension Packet.TunnelHeader {
  /// The bytes behind the outer IP header, around something of a size.
  func byteCount(around inner: Int) -> Int {
    switch self {
    case .nvgre: NVGREHeader.byteCount + inner
    case .vxlan: VXLANHeader.byteCountWithUDP + inner
    case .geneve(let header): header.byteCountWithUDP + inner
    case .mpls(let header, _): header.byteCountWithTunnel + inner
    case .experimental: ExperimentalHeader.byteCount + inner
    }
  }

  /// The number that the outer IP header carries.
  var ipProtocol: IPProtocol {
    switch self {
    case .nvgre: .gre
    case .vxlan, .geneve: .udp
    case .mpls(let header, _): header.ipProtocol
    case .experimental: ExperimentalHeader.ipProtocol
    }
  }

  /// The ports of the outer UDP header; `nil` where there is none.
  var ports: (source: UInt16, destination: UInt16)? {
    switch self {
    case .nvgre, .experimental: nil
    case .vxlan(let header): (header.sourcePort, VXLANHeader.destinationPort)
    case .geneve(let header): (header.sourcePort, GeneveHeader.destinationPort)
    case .mpls(let header, _): header.ports
    }
  }
}
