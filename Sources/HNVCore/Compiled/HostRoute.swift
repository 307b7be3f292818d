/// What a packet needs to know of the record of its destination or sender: 16 bytes without a
/// pointer, so that taking one from a table allocates and counts nothing.
struct HostRoute: Sendable {
  private var number: UInt32
  private var lowMAC: UInt32
  /// The upper 16 bits of the MAC address and of the virtual subnet.
  private var highs: UInt32
  /// The lower 8 bits of the virtual subnet, the location, and two flags.
  private var rest: UInt32

  /// Describes the record at a place in the policy.
  init(_ index: Int, _ record: LookupRecord, at location: Int, isGateway: Bool) {
    number = UInt32(truncatingIfNeeded: index)
    let mac = record.macAddress.bits
    let subnet = record.virtualSubnetID.number
    lowMAC = UInt32(truncatingIfNeeded: mac)
    highs = UInt32(truncatingIfNeeded: mac >> 32) << 16 | subnet >> 8
    rest = subnet << 24 | UInt32(truncatingIfNeeded: location) << 2 | (isGateway ? 2 : 0)
  }

  private init() {
    (number, lowMAC, highs, rest) = (.max, 0, 0, 0)
  }

  /// What stands where nothing does.
  static let none = HostRoute()

  var isNone: Bool { number == .max }

  /// The record, by its place in the policy.
  var record: Int { Int(number) }

  var macAddress: MACAddress { MACAddress(bits: UInt64(highs >> 16) << 32 | UInt64(lowMAC)) }

  var virtualSubnetID: VirtualSubnetID {
    VirtualSubnetID(checked: (highs & 0xffff) << 8 | rest >> 24)
  }

  /// Where the machine is, by place among the router's locations; `Location.others` for one that
  /// has no place there.
  var location: Int {
    get { Int(rest >> 2 & 0x3f_ffff) }
    set { rest = rest & 0xff00_0003 | UInt32(truncatingIfNeeded: newValue) << 2 }
  }

  /// Whether the address is HNV's own gateway address of its virtual subnet.
  var isGateway: Bool { rest & 2 != 0 }

  /// Whether the record stands in its routing domain's table, rather than for its virtual subnet
  /// alone.
  var isInTable: Bool {
    get { rest & 1 != 0 }
    set { rest = rest & ~1 | (newValue ? 1 : 0) }
  }
}

/// Where records lead: what all machines of one host have in common.
struct Location: Hashable, Sendable {
  let providerAddress: IPAddress
  let rule: LookupRecord.TranslationMethod
  let usesVMMACAddress: Bool

  init(_ record: LookupRecord) {
    providerAddress = record.providerAddress
    rule = record.rule
    usesVMMACAddress = record.usesVMMACAddress
  }

  /// The place that stands for all locations beyond as many: 22 bits name them.
  static let others = 0x3f_ffff
}
