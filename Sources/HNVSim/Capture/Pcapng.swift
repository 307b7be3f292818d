/// The numbers of pcapng (draft-ietf-opsawg-pcapng, sections 4 and 10).
enum Pcapng {
  /// The number from whose bytes a reader sees the order of all others.
  static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

  /// LINKTYPE_ETHERNET.
  static let ethernet: UInt16 = 1

  /// The bytes of a block without a body: its type, and its length twice.
  static let emptyBlockByteCount = 12

  enum Block: UInt32 {
    case sectionHeader = 0x0A0D_0D0A
    case interfaceDescription = 1
    case simplePacket = 3
    case enhancedPacket = 6
  }

  /// Options; what a number means depends on the block.
  struct Option: RawRepresentable, Hashable {
    let rawValue: UInt16

    static let end = Option(rawValue: 0)
    static let comment = Option(rawValue: 1)
    static let application = Option(rawValue: 4)
    static let interfaceName = Option(rawValue: 2)
    static let interfaceDescription = Option(rawValue: 3)
    static let timeResolution = Option(rawValue: 9)
    static let timeOffset = Option(rawValue: 14)
    static let flags = Option(rawValue: 2)
  }
}
