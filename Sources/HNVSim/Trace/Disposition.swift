/// How a packet ended: exactly one for every packet.
///
/// The list is closed. Names are Batfish's where it has one.
public enum Disposition: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  /// A machine that has the destination address took the packet.
  case accepted = "ACCEPTED"
  /// An outside network that reaches the destination took the packet.
  case exitsNetwork = "EXITS_NETWORK"
  /// An ARP request or neighbour solicitation was answered.
  case answered = "ANSWERED"
  /// The packet was for several and went on as copies, each with a disposition of its own.
  case replicated = "REPLICATED"
  /// A host took in what was meant for it, such as a machine's announcement or another host's
  /// message.
  case absorbed = "ABSORBED"
  /// A part of a packet came to whoever put the parts together.
  case reassembled = "REASSEMBLED"
  /// A machine or a switch heard what was sent to everyone, and it did not concern it.
  case ignored = "IGNORED"

  /// An access rule of the sender's port, or of another place on the sender's side, denies the
  /// packet.
  case deniedOut = "DENIED_OUT"
  /// An access rule of the receiver's port, or of another place on the receiver's side, denies the
  /// packet.
  case deniedIn = "DENIED_IN"
  /// The frame's source MAC address is not the adapter's, and its port does not allow spoofing.
  case spoofedMAC = "SPOOFED_MAC"
  /// The sender's port guards against DHCP servers, or routers, and the packet is one's.
  case guarded = "GUARDED"
  /// A table that the packet was looked up in, of a guest, a host or an outside network, has no
  /// entry that covers the destination.
  case noRoute = "NO_ROUTE"
  /// The table led to an address that no lookup record of the host resolves.
  case noRecord = "NO_RECORD"
  /// The host was told nothing of the virtual subnet that the packet came from, or came for.
  case noPolicy = "NO_POLICY"
  /// A guest asked for its next hop's MAC address and nobody answered.
  case neighborUnreachable = "NEIGHBOR_UNREACHABLE"
  /// The sender's address and MAC address match no lookup record of its port.
  case invalidSource = "INVALID_SOURCE"
  /// The packet came to the host that its record, or a switch's memory, names, and the machine is
  /// not there.
  case noPort = "NO_PORT"
  /// The frame was addressed to a MAC address that is not the record's, and the setting drops it.
  case foreignMAC = "FOREIGN_MAC"
  /// A machine received a frame that is addressed to another MAC address.
  case notAddressed = "NOT_ADDRESSED"
  /// The packet is for a group, and nobody of the group is within reach.
  case noReceivers = "NO_RECEIVERS"
  /// The receiving host has no record of the customer address that the packet came from.
  case unknownSource = "UNKNOWN_SOURCE"
  /// The destination is the gateway address of a virtual subnet, at which nothing listens.
  case gatewayAddress = "GATEWAY_ADDRESS"
  /// A machine took the packet that has the address, and it is not the one that was meant: two
  /// networks have one address, or the answer came to somebody else than who had asked.
  case wrongMachine = "WRONG_MACHINE"
  /// A machine received a packet for another address and does not forward.
  case notForwarding = "NOT_FORWARDING"
  /// A gateway that translates addresses has no entry for the packet, or none that expects its
  /// sender, or cannot make one.
  case noTranslation = "NO_TRANSLATION"
  /// The packet's TTL did not suffice.
  case timeToLiveExceeded = "TTL_EXCEEDED"
  /// The packet's TTL ran out after it had passed one forwarding machine repeatedly.
  case loop = "LOOP"
  /// The packet does not fit the largest that a link carries.
  case exceedsMTU = "EXCEEDS_MTU"
  /// Whoever forwards could neither send the packet on whole nor divide it.
  case fragmentationNeeded = "FRAGMENTATION_NEEDED"
  /// Parts of the packet did not come in time, or did not fit together.
  case fragmentsMissing = "FRAGMENTS_MISSING"
  /// A switch of the underlay dropped a packet larger than it carries, without telling anyone.
  case underlayMTU = "UNDERLAY_MTU"
  /// Nothing on the underlay leads to the provider address: there is no route, nobody has it, or it
  /// is in another VLAN; or the sending host does not have the sender's.
  case providerUnreachable = "PROVIDER_UNREACHABLE"
  /// A machine took the packet, and nothing listens at the port.
  case portClosed = "PORT_CLOSED"
  /// A machine took the packet, and nothing understands what it carries.
  case protocolUnreachable = "PROTOCOL_UNREACHABLE"
  /// The element is stopped.
  case elementDown = "ELEMENT_DOWN"
  /// The link is cut.
  case linkDown = "LINK_DOWN"
  /// The host does not carry this kind of frame or destination.
  case notCarried = "NOT_CARRIED"

  /// The analysis met something that this library does not simulate.
  case notModelled = "NOT_MODELLED"
  /// The analysis reached a limit of this library.
  case gaveUp = "GAVE_UP"

  /// What a disposition says of the packet, or of the analysis.
  public enum Class: String, Hashable, Sendable {
    /// The packet arrived.
    case success
    /// The network lost the packet, by a rule that the trace names.
    case failure
    /// The analysis ended before the packet did, at a limit of ours.
    case analysis
  }

  /// Whether the packet arrived, was lost, or left the analysis behind.
  public var `class`: Class {
    switch self {
    case .accepted, .exitsNetwork, .answered, .replicated, .absorbed, .reassembled, .ignored:
      .success
    case .notModelled, .gaveUp: .analysis
    case .deniedOut, .deniedIn, .spoofedMAC, .guarded, .noRoute, .noRecord, .noPolicy,
      .neighborUnreachable,
      .invalidSource, .noPort, .foreignMAC, .notAddressed, .gatewayAddress, .wrongMachine,
      .notForwarding, .noTranslation, .noReceivers, .unknownSource, .timeToLiveExceeded, .loop,
      .exceedsMTU, .fragmentationNeeded, .fragmentsMissing, .underlayMTU, .providerUnreachable,
      .portClosed, .protocolUnreachable, .elementDown, .linkDown, .notCarried:
      .failure
    }
  }

  /// Whether the packet arrived.
  public var isSuccess: Bool { self.class == .success }

  /// The name that scripts rely on.
  public var description: String { rawValue }
}
