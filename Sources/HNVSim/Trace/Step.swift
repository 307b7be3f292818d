/// One thing that an element did with a packet, with what it looked up and what it changed.
public struct Step: Hashable, Sendable {
  /// What was done.
  public let action: Action
  /// What exactly, in a sentence without its full stop.
  public let detail: String
  /// What was looked up, what won, what lost and why.
  public var lookup: Lookup?
  /// What changed in the packet's headers.
  public var changes: [Change]
  /// The setting that decided, as `timeToLive=decremented`.
  public var setting: String?
  /// What would let the packet pass, where it was lost.
  public var fix: String?

  /// What an element can do with a packet.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The sender made the packet.
    case originated = "ORIGINATED"
    /// The packet was looked up in a route table, and an entry was found.
    case routed = "ROUTED"
    /// A next hop was resolved to a record or a MAC address.
    case resolved = "RESOLVED"
    /// The packet was divided into parts.
    case fragmented = "FRAGMENTED"
    /// The parts of the packet were put together.
    case reassembled = "REASSEMBLED"
    /// The element learned how to send to the packet's subject from now on.
    case learned = "LEARNED"
    /// The frame was put on a cable.
    case transmitted = "TRANSMITTED"
    /// The frame was taken from a cable.
    case received = "RECEIVED"
    /// The access rules let the packet pass.
    case permitted = "PERMITTED"
    /// An access rule stopped the packet.
    case denied = "DENIED"
    /// The sender was checked.
    case checked = "CHECKED"
    /// Headers were changed.
    case rewritten = "REWRITTEN"
    /// The frame was wrapped for the underlay.
    case encapsulated = "ENCAPSULATED"
    /// The frame was unwrapped.
    case decapsulated = "DECAPSULATED"
    /// The packet's addresses, and with them ports, were changed to others that stand for them.
    case translated = "TRANSLATED"
    /// Copies of the frame were made for several receivers.
    case replicated = "REPLICATED"
    /// The frame was handed to a port.
    case delivered = "DELIVERED"
    /// The packet was passed on by a machine that is not its destination.
    case forwarded = "FORWARDED"
    /// The element answered in another's name, or in its own.
    case answered = "ANSWERED"
    /// The packet is at its destination.
    case accepted = "ACCEPTED"
    /// The packet is lost.
    case dropped = "DROPPED"
    /// The analysis ended.
    case gaveUp = "GAVE_UP"
  }

  /// A look into a table.
  public struct Lookup: Hashable, Sendable {
    /// The table, as `routing domain blue on hv2`.
    public let table: String
    /// What was looked for.
    public let key: String
    /// The entry that was found; `nil` on a miss.
    public let match: String?
    /// The entries that would have served as well, and why each lost, the nearest to winning first.
    public let notChosen: [Beaten]
    /// On a miss, what came nearest.
    public let nearest: [String]

    /// Describes a look into a table.
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

  /// An entry that lost.
  public struct Beaten: Hashable, Sendable {
    /// The entry.
    public let entry: String
    /// Why it lost.
    public let why: String

    /// Describes an entry that lost.
    public init(entry: String, why: String) {
      self.entry = entry
      self.why = why
    }
  }

  /// A header field before and after.
  public struct Change: Hashable, Sendable {
    /// The field.
    public let field: String
    /// Its value before.
    public let before: String
    /// Its value after.
    public let after: String

    /// Describes a change; `nil` when there is none.
    public init?(_ field: String, _ before: String, _ after: String) {
      guard before != after else { return nil }
      self.field = field
      self.before = before
      self.after = after
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
