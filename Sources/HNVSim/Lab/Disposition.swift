/// How a packet ended: exactly one for every packet.
///
/// The list is closed. Names are Batfish's where it has one.
public enum Disposition: String, Hashable, Sendable, CaseIterable, BitwiseCopyable,
  CustomStringConvertible
{
  /// A machine that has the destination address took the packet.
  case accepted = "ACCEPTED"
  /// An outside network that reaches the destination took the packet.
  case exitsNetwork = "EXITS_NETWORK"
  /// An ARP request or neighbour solicitation was answered.
  case answered = "ANSWERED"
  /// The packet was for several receivers and went on as copies, each with a disposition of its
  /// own.
  case replicated = "REPLICATED"
  /// A host consumed a message for itself, such as a machine's announcement or another host's
  /// message.
  case absorbed = "ABSORBED"
  /// A fragment reached the element that reassembles the packet.
  case reassembled = "REASSEMBLED"
  /// A machine or a switch received a broadcast or multicast and had no use for it.
  case ignored = "IGNORED"

  /// An access rule of the sender's port, or of another place on the sender's side, denies the
  /// packet.
  case deniedOut = "DENIED_OUT"
  /// An access rule of the receiver's port, or of another place on the receiver's side, denies the
  /// packet.
  case deniedIn = "DENIED_IN"
  /// The frame's source MAC address is not the adapter's, and its port does not allow spoofing.
  case spoofedMAC = "SPOOFED_MAC"
  /// DHCP guard or router guard of the sender's port drops the packet.
  case guarded = "GUARDED"
  /// A table that the packet was looked up in, of a guest, a host or an outside network, has no
  /// entry that covers the destination.
  case noRoute = "NO_ROUTE"
  /// The host has no lookup record for the address that the route leads to.
  case noRecord = "NO_RECORD"
  /// The host has no policy for the virtual subnet that the packet came from, or is for.
  case noPolicy = "NO_POLICY"
  /// Nobody answered ARP or neighbor discovery for the next hop.
  case neighborUnreachable = "NEIGHBOR_UNREACHABLE"
  /// The sender's address and MAC address match no lookup record of its port.
  case invalidSource = "INVALID_SOURCE"
  /// The packet reached the host that the record, or a switch's table, names, and the machine is
  /// not there.
  case noPort = "NO_PORT"
  /// The destination MAC address is not the record's, and the setting drops such frames.
  case foreignMAC = "FOREIGN_MAC"
  /// A machine received a frame that is addressed to another MAC address.
  case notAddressed = "NOT_ADDRESSED"
  /// The packet is for a group, and no other member is within reach.
  case noReceivers = "NO_RECEIVERS"
  /// The receiving host has no record of the source customer address.
  case unknownSource = "UNKNOWN_SOURCE"
  /// The destination is the gateway address of a virtual subnet, at which nothing listens.
  case gatewayAddress = "GATEWAY_ADDRESS"
  /// Another machine with the same address received the packet: two networks share the address, or
  /// the answer reached another machine than the one that asked.
  case wrongMachine = "WRONG_MACHINE"
  /// A machine received a packet for another address and does not forward.
  case notForwarding = "NOT_FORWARDING"
  /// A NAT gateway has no entry for the packet, or none that expects its sender, or cannot make
  /// one.
  case noTranslation = "NO_TRANSLATION"
  /// The TTL ran out.
  case timeToLiveExceeded = "TTL_EXCEEDED"
  /// The TTL ran out after the packet had passed one forwarding machine several times.
  case loop = "LOOP"
  /// The packet exceeds the MTU of a link.
  case exceedsMTU = "EXCEEDS_MTU"
  /// The packet exceeds the MTU of the next link and has DF set.
  case fragmentationNeeded = "FRAGMENTATION_NEEDED"
  /// Fragments did not arrive in time, or do not fit together.
  case fragmentsMissing = "FRAGMENTS_MISSING"
  /// The packet exceeds the MTU of an underlay switch; dropped silently.
  case underlayMTU = "UNDERLAY_MTU"
  /// The provider address cannot be reached on the underlay: there is no route, nobody has it, or
  /// it is in another VLAN; or the sending host lacks the source provider address.
  case providerUnreachable = "PROVIDER_UNREACHABLE"
  /// The packet arrived, and nothing listens at the port.
  case portClosed = "PORT_CLOSED"
  /// The packet arrived, and the machine does not support its protocol.
  case protocolUnreachable = "PROTOCOL_UNREACHABLE"
  /// The element is stopped.
  case elementDown = "ELEMENT_DOWN"
  /// The link is cut.
  case linkDown = "LINK_DOWN"
  /// The host does not carry this kind of frame or destination.
  case notCarried = "NOT_CARRIED"

  /// The packet met something that this library does not simulate.
  case notModelled = "NOT_MODELLED"
  /// The run reached a limit of this library.
  case gaveUp = "GAVE_UP"

  /// What a disposition means.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// The packet arrived.
    case success
    /// The network dropped the packet, by a rule that the trace names.
    case failure
    /// The packet was not followed to its end, at a limit of this library.
    case analysis
  }

  /// Whether the packet arrived, was dropped, or was not followed to its end.
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

/// How a lab expects a packet to end.
public enum ExpectedOutcome: Hashable, Sendable, CustomStringConvertible {
  /// The packet arrives and, where an answer is due, the answer does as well.
  case reachable
  /// The packet, or an answer to it, is dropped.
  case unreachable
  /// The packet, or the first failure on its way and back, ends so.
  case exactly(Disposition)

  /// Reads the outcome as labs have it; `nil` for an unknown name.
  init?(named text: String) {
    switch text {
    case "reachable": self = .reachable
    case "unreachable": self = .unreachable
    default:
      guard let disposition = Disposition(rawValue: text) else { return nil }
      self = .exactly(disposition)
    }
  }

  /// The outcome as labs have it: `reachable`, `unreachable` or a disposition.
  public var description: String {
    switch self {
    case .reachable: "reachable"
    case .unreachable: "unreachable"
    case .exactly(let disposition): disposition.rawValue
    }
  }

  /// Whether a packet came to this end; `failure` is how it, or else an answer to it, was dropped.
  func holds(for disposition: Disposition, failure: Disposition?) -> Bool {
    switch self {
    case .reachable: failure == nil
    case .unreachable: failure.map { $0.class != .analysis } ?? false
    case .exactly(let expected): disposition == expected || failure == expected
    }
  }
}
