public import HNVCore

/// One thing that an element did with a packet, with what it looked up and what it changed.
public struct Step: Hashable, Sendable {
  /// What was done.
  public let action: Action
  /// What exactly, in a sentence without its full stop.
  public var detail: String { detailWords.description }
  let detailWords: Words
  /// What was looked up, what matched, and why other entries were not chosen.
  public var lookup: Lookup?
  /// The entry of a table that decided; `nil` where none did, and on a miss.
  public var entry: Entry?
  /// What changed in the packet's headers.
  public var changes: [Change]
  /// Whether the sentence consists of the changes.
  var isOfChanges = false
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

  /// An entry of a table, by what tells it from the others, so that a program finds it again.
  public struct Entry: Hashable, Sendable {
    /// What kind of entry it is.
    public let kind: Kind
    /// What tells it from others of its kind in its table: `10.0.1.4 in VSID 5001`.
    public var name: String { nameWords.description }
    let nameWords: Words
    /// Where the lab says it; `nil` for an entry that the lab does not say, such as a learned one.
    public let place: Place?

    /// The kinds of entries.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// An HNV lookup record.
      case lookupRecord
      /// A route of a virtual network: an HNV customer route, a VPC's or a VRF's route.
      case customerRoute
      /// A route of a host on the underlay.
      case providerRoute
      /// A route of a machine or of another router.
      case route
      /// A rule that lets packets pass or denies them, or the state of a flow that one let pass.
      case accessRule
      /// An entry of a MAC address table, a neighbor cache or another table of addresses.
      case address
      /// A port of a switch.
      case port
      /// What a rule or an earlier packet says of the translation of addresses.
      case translation
    }

    /// Names an entry.
    public init(_ kind: Kind, _ name: Words, at place: Place? = nil) {
      self.kind = kind
      nameWords = name
      self.place = place
    }
  }

  /// A table lookup.
  public struct Lookup: Hashable, Sendable {
    /// The table, as `routing domain blue on hv2`.
    public var table: String { tableWords.description }
    let tableWords: Words
    /// What was looked for.
    public var key: String { keyWords.description }
    let keyWords: Words
    /// The entry that was found; `nil` on a miss.
    public var match: String? { matchWords?.description }
    let matchWords: Words?
    /// The other entries that cover the key, and why each was not chosen, the best first.
    public let notChosen: [Beaten]
    /// On a miss, the nearest entries.
    public var nearest: [String] { nearestWords.map(\.description) }
    let nearestWords: [Words]

    /// Describes a lookup.
    public init(
      table: Words, key: Words, match: Words?, notChosen: [Beaten] = [], nearest: [Words] = []
    ) {
      tableWords = table
      keyWords = key
      matchWords = match
      self.notChosen = notChosen
      nearestWords = nearest
    }
  }

  /// An entry that was not chosen.
  public struct Beaten: Hashable, Sendable {
    /// The entry.
    public var entry: String { entryWords.description }
    let entryWords: Words
    /// Why it was not chosen.
    public var why: String { whyWords.description }
    let whyWords: Words

    /// Describes an entry that was not chosen.
    public init(entry: Words, why: Words) {
      entryWords = entry
      whyWords = why
    }
  }

  /// Describes a step.
  public init(
    _ action: Action, _ detail: Words, lookup: Lookup? = nil, entry: Entry? = nil,
    changes: [Change] = [], setting: String? = nil, fix: String? = nil
  ) {
    self.action = action
    detailWords = detail
    self.lookup = lookup
    self.entry = entry
    self.changes = changes
    self.setting = setting
    self.fix = fix
  }
}
