/// One thing that an element did with a packet, with what it looked up and what it changed.
public struct Step: Hashable, Sendable {
  /// What was done.
  public let action: Action
  /// What exactly, in a sentence without its full stop.
  public let detail: String
  /// What was looked up, what matched, and why other entries were not chosen.
  public var lookup: Lookup?
  /// What changed in the packet's headers.
  public var changes: [Change]
  /// The setting that decided, as `timeToLive=decremented`.
  public var setting: String?
  /// What would let the packet pass, where it was dropped.
  public var fix: String?

  /// What an element can do with a packet.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The sender created the packet.
    case originated = "ORIGINATED"
    /// The packet was looked up in a route table, and an entry was found.
    case routed = "ROUTED"
    /// A next hop was resolved to a record or a MAC address.
    case resolved = "RESOLVED"
    /// The packet was fragmented.
    case fragmented = "FRAGMENTED"
    /// The fragments of the packet were reassembled.
    case reassembled = "REASSEMBLED"
    /// The element learned an address from the packet.
    case learned = "LEARNED"
    /// The frame was sent on a cable.
    case transmitted = "TRANSMITTED"
    /// The frame was received from a cable.
    case received = "RECEIVED"
    /// The access rules let the packet pass.
    case permitted = "PERMITTED"
    /// An access rule stopped the packet.
    case denied = "DENIED"
    /// The sender was checked.
    case checked = "CHECKED"
    /// Headers were changed.
    case rewritten = "REWRITTEN"
    /// The frame was encapsulated for the underlay.
    case encapsulated = "ENCAPSULATED"
    /// The frame was decapsulated.
    case decapsulated = "DECAPSULATED"
    /// The packet's addresses, or addresses and ports, were translated (NAT).
    case translated = "TRANSLATED"
    /// Copies of the frame were made for several receivers.
    case replicated = "REPLICATED"
    /// The frame was delivered to a port.
    case delivered = "DELIVERED"
    /// A machine that is not the destination forwarded the packet.
    case forwarded = "FORWARDED"
    /// The element answered, for itself or for another.
    case answered = "ANSWERED"
    /// The packet is at its destination.
    case accepted = "ACCEPTED"
    /// The packet was dropped.
    case dropped = "DROPPED"
    /// The analysis ended.
    case gaveUp = "GAVE_UP"
  }

  /// A table lookup.
  public struct Lookup: Hashable, Sendable {
    /// The table, as `routing domain blue on hv2`.
    public let table: String
    /// What was looked for.
    public let key: String
    /// The entry that was found; `nil` on a miss.
    public let match: String?
    /// The other entries that cover the key, and why each was not chosen, the best first.
    public let notChosen: [Beaten]
    /// On a miss, the nearest entries.
    public let nearest: [String]

    /// Describes a lookup.
    public init(
      table: String, key: String, match: String?, notChosen: [Beaten] = [], nearest: [String] = []
    ) {
      self.table = table
      self.key = key
      self.match = match
      self.notChosen = notChosen
      self.nearest = nearest
    }
  }

  /// An entry that was not chosen.
  public struct Beaten: Hashable, Sendable {
    /// The entry.
    public let entry: String
    /// Why it was not chosen.
    public let why: String

    /// Describes an entry that was not chosen.
    public init(entry: String, why: String) {
      self.entry = entry
      self.why = why
    }
  }

  /// Describes a step.
  public init(
    _ action: Action, _ detail: String, lookup: Lookup? = nil, changes: [Change] = [],
    setting: String? = nil, fix: String? = nil
  ) {
    self.action = action
    self.detail = detail
    self.lookup = lookup
    self.changes = changes
    self.setting = setting
    self.fix = fix
  }
}
