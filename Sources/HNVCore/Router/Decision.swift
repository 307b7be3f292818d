/// What a host does with a frame.
///
/// Flat: it holds no reference, so that neither taking nor copying one allocates or counts.
public enum Decision: Hashable, Sendable {
  /// Hand the frame, rewritten, to a port of this host.
  case deliver(port: Int, Rewrite)
  /// Send the frame, rewritten, to another host.
  case encapsulate(Tunnel, Rewrite)
  /// Send the packet to another host without a tunnel.
  case translate(Translation, Rewrite)
  /// Give a copy of the frame to each of the ports and hosts that `Outcome.copies` names.
  case replicate
  /// Answer the ARP request or neighbour solicitation on the target's behalf.
  case answer(NeighborAnswer)
  /// Answer the echo request in the name of a gateway address, with its MAC address.
  case answerEcho(gateway: MACAddress)
  /// The host consumes the frame and forwards it to nobody.
  case absorb
  /// The port has no virtual subnet: HNV leaves the frame to the switch.
  case bypass
  /// Drop the frame.
  case refuse(Refusal)
}

/// The way to another host.
public struct Tunnel: Hashable, Sendable {
  /// The destination's virtual subnet: what the packet bears on the wire.
  public var virtualSubnetID: VirtualSubnetID

  /// The sending host's provider address, from the sender's own record.
  public var source: IPAddress

  /// The receiving host's provider address, from the destination's record.
  public var destination: IPAddress

  /// How the frame is carried.
  public var encapsulation: Encapsulation

  /// What the customer's flow lends to the underlay's load sharing; 0 for nothing.
  public var entropy: UInt16

  /// The outer header's differentiated services field.
  public var differentiatedServices: UInt8

  /// Whether routers of the underlay must not fragment the outer packet.
  public var dontFragment: Bool

  /// The header that stands between the outer IP header and the frame.
  package var header: Packet.TunnelHeader {
    switch encapsulation {
    case .nvgre: .nvgre(nvgreHeader)
    case .vxlan: .vxlan(vxlanHeader)
    }
  }

  /// What the outer packet carries: the header and the frame.
  ///
  /// The frame loses its tag, which the virtual subnet stands for (RFC 7637, section 3.2).
  public func transport(carrying frame: EthernetFrame) -> Transport {
    var frame = frame
    frame.tag = nil
    return switch encapsulation {
    case .nvgre: .nvgre(nvgreHeader, frame)
    case .vxlan: .vxlan(vxlanHeader, frame)
    }
  }

  private var nvgreHeader: NVGREHeader {
    NVGREHeader(virtualSubnetID: virtualSubnetID, flowID: UInt8(truncatingIfNeeded: entropy))
  }

  /// RFC 7348, section 5: the source port comes from the dynamic range, 49152 and up.
  private var vxlanHeader: VXLANHeader {
    VXLANHeader(virtualSubnetID: virtualSubnetID, sourcePort: 49152 | entropy & 0x3fff)
  }
}

/// The way to another host for a record whose rule is not encapsulation.
public struct Translation: Hashable, Sendable {
  /// The provider address of the host to send the packet to.
  public var nextHop: IPAddress

  /// The provider address to write over the source, as `nextHop` is written over the destination;
  /// `nil` leaves both.
  public var source: IPAddress?

  /// The source MAC address on the underlay; `nil` for the host's own (`-UseVmMACAddress`).
  package var sourceMAC: MACAddress?

}

/// Who gets a copy of a frame that is for more than one.
public struct Replication: Hashable, Sendable {
  /// The ports of this host, in declared order; each copy passes its port's access rules.
  public var ports: [Int]

  /// The ways to other hosts, or to a provider group.
  public var tunnels: [Tunnel]
}

/// An answer to an ARP request or a neighbour solicitation, given by the host itself.
public struct NeighborAnswer: Hashable, Sendable {
  /// The requested address.
  public var target: IPAddress

  /// The MAC address that the record gives for it: the target's own, never the host's.
  public var macAddress: MACAddress

  /// Answers for an address.
  public init(target: IPAddress, macAddress: MACAddress) {
    self.target = target
    self.macAddress = macAddress
  }
}

extension Packet {
  /// Gives the packet the addresses with which it travels to another host without a tunnel.
  package mutating func apply(_ translation: Translation) {
    guard let source = translation.source else { return }
    readdress(from: source, to: translation.nextHop)
  }
}
