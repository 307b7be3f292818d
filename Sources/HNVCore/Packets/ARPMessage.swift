/// An ARP message for IPv4 over Ethernet (RFC 826).
public struct ARPMessage: Hashable, Sendable {
  /// What the message asks or says (the opcode, `ar$op`).
  public enum Operation: UInt16, Hashable, Sendable {
    /// Who has the target's protocol address?
    case request = 1
    /// The sender has it.
    case reply = 2
  }

  /// What the message asks or says.
  public var operation: Operation

  /// The sender's hardware address.
  public var senderMAC: MACAddress

  /// The sender's protocol address; 0.0.0.0 in a probe (RFC 5227, section 1.1).
  public var senderAddress: IPv4Address

  /// The target's hardware address; zero in a broadcast request, which asks for it.
  public var targetMAC: MACAddress

  /// The target's protocol address.
  public var targetAddress: IPv4Address

  /// Creates a message.
  public init(
    operation: Operation, senderMAC: MACAddress, senderAddress: IPv4Address,
    targetMAC: MACAddress, targetAddress: IPv4Address
  ) {
    self.operation = operation
    self.senderMAC = senderMAC
    self.senderAddress = senderAddress
    self.targetMAC = targetMAC
    self.targetAddress = targetAddress
  }

  /// The bytes of an ARP message for IPv4 over Ethernet.
  public static let byteCount = 28
}
