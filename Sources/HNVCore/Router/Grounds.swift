/// On what grounds a host decided: what it found wherever it looked.
///
/// A row of indexes into the tables that were asked, written as the decision goes on, so that every
/// decision can be explained and none pays for it. Words, entries that were not chosen and near
/// misses are found afterwards (`notChosen(by:for:in:)`, `nearestMiss(for:in:)`,
/// `PortFilter.notChosen`).
public struct Grounds: Hashable, Sendable {
  private var outboundRule = PackedRule()
  private var inboundRule = PackedRule()
  private var senderIndex = Int32(-2)
  private var recordIndex = Int32(-1)
  /// Twice the index, and 1 for a route.
  private var routeIndex = Int32(-1)

  /// What was done on the way, in no order.
  public internal(set) var steps: Steps = []

  /// What a host does on the way to a decision besides looking something up.
  public struct Steps: OptionSet, Hashable, Sendable {
    /// One bit a step.
    public let rawValue: UInt8

    /// Takes bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The frame goes to a port of its own host and subnet by MAC alone, by setting.
    public static let bridged = Steps(rawValue: 1)
    /// The address to which the route leads was resolved by `record`.
    public static let resolved = Steps(rawValue: 2)
    /// The destination was resolved by the MAC address of the L2Only `record`.
    public static let resolvedByMAC = Steps(rawValue: 4)
    /// The frame within a subnet bore another MAC than that of `record`, which is written over it.
    public static let foreignMAC = Steps(rawValue: 8)
    /// The packet changes to the virtual subnet of `record`.
    public static let crossed = Steps(rawValue: 16)
    /// Copies go to ports here and to other hosts; `record` maps the group to a provider group.
    public static let flooded = Steps(rawValue: 32)
    /// What came from another host was matched to `record`.
    public static let received = Steps(rawValue: 64)
    /// The host replies by `record` to a question for a neighbour, or passes the question on.
    public static let neighbor = Steps(rawValue: 128)
  }

  /// What a host found about a packet's sender.
  public enum Sender: Hashable, Sendable {
    /// It did not look.
    case notAsked
    /// No record, which the setting allows.
    case unknown
    /// A record, by its index.
    case record(Int)
  }

  /// No grounds yet.
  public init() {}

  /// Those of a packet between two records.
  @inline(__always)
  init(
    from sender: Int, to destination: Int, isCrossing: Bool, _ outbound: RuleVerdict,
    _ inbound: RuleVerdict?
  ) {
    outboundRule = PackedRule(outbound)
    inboundRule = inbound.map { PackedRule($0) } ?? PackedRule()
    senderIndex = Int32(truncatingIfNeeded: sender)
    recordIndex = Int32(truncatingIfNeeded: destination)
    routeIndex = Int32(truncatingIfNeeded: destination &* 2)
    steps = isCrossing ? .crossed : []
  }

  /// What let the frame pass its sender's port; `nil` where access rules were not asked.
  public internal(set) var outbound: PortFilter.Ground? {
    @inline(__always) get { outboundRule.ground }
    set { outboundRule = PackedRule(newValue) }
  }

  /// What let the frame pass its receiver's port; `nil` where access rules were not asked.
  public internal(set) var inbound: PortFilter.Ground? {
    @inline(__always) get { inboundRule.ground }
    set { inboundRule = PackedRule(newValue) }
  }

  /// What the check of the sender found.
  public internal(set) var sender: Sender {
    get {
      switch senderIndex {
      case -2: .notAsked
      case -1: .unknown
      default: .record(Int(senderIndex))
      }
    }
    set {
      switch newValue {
      case .notAsked: senderIndex = -2
      case .unknown: senderIndex = -1
      case .record(let index): senderIndex = Int32(truncatingIfNeeded: index)
      }
    }
  }

  /// The entry of the routing domain's table that matched the destination; `nil` for none.
  public internal(set) var route: RouteEntry? {
    get {
      if routeIndex < 0 { return nil }
      return routeIndex & 1 == 0 ? .record(Int(routeIndex / 2)) : .route(Int(routeIndex / 2))
    }
    set {
      routeIndex =
        switch newValue {
        case nil: -1
        case .record(let index): Int32(truncatingIfNeeded: index &* 2)
        case .route(let index): Int32(truncatingIfNeeded: index &* 2 &+ 1)
        }
    }
  }

  /// The record of the machine, neighbour or group that the frame goes to; `nil` for none.
  public internal(set) var record: Int? {
    get { recordIndex < 0 ? nil : Int(recordIndex) }
    set { recordIndex = newValue.map { Int32(truncatingIfNeeded: $0) } ?? -1 }
  }
}

/// What decided in a port's access lists, in four bytes.
private struct PackedRule: Hashable {
  /// Nothing asked; else a kind in the two lowest bits, and an index.
  private var word = Int32(-1)

  init() {}

  init(_ ground: PortFilter.Ground?) {
    word =
      switch ground {
      case nil: -1
      case .nothing: 0
      case .state: 1
      case .basic(let index): Int32(truncatingIfNeeded: index &* 4 &+ 2)
      case .extended(let index): Int32(truncatingIfNeeded: index &* 4 &+ 3)
      }
  }

  @inline(__always)
  init(_ verdict: RuleVerdict) { word = verdict.index < 0 ? 0 : verdict.index &* 4 &+ 3 }

  var ground: PortFilter.Ground? {
    if word < 0 { return nil }
    return switch word & 3 {
    case 0: .nothing
    case 1: .state
    case 2: .basic(Int(word >> 2))
    default: .extended(Int(word >> 2))
    }
  }
}
