public import HNVCore

/// One thing that an element did with a packet, with what it looked up and what it changed.
public struct Step: Hashable, Sendable {
  let text: StepText
  /// The parts that are the step's.
  let range: Range<Int>

  /// What was done.
  public let action: Action

  /// Whether the sentence consists of the changes.
  let isOfChanges: Bool

  /// What exactly, in a sentence without its full stop.
  public var detail: String { detailWords.description }

  var detailWords: Words { words(.detail) ?? text.nothing }

  /// What was looked up, what matched, and why other entries were not chosen.
  public var lookup: Lookup? { first(.table).map { _ in Lookup(step: self) } }

  /// The entry of a table that decided; `nil` where none did, and on a miss.
  public var entry: Entry? { first(.entry).map { Entry(text: text, part: $0) } }

  /// What changed in the packet's headers.
  public var changes: [Change] { all(.before).map { Change(text: text, part: $0) } }

  /// The changes that the sentence does not say itself.
  var changesBeside: [Change] { isOfChanges ? [] : changes }

  /// The setting that decided, as `timeToLive=decremented`.
  public var setting: String? { settingWords?.description }

  var settingWords: Words? { words(.setting) }

  /// What would let the packet pass, where it was dropped.
  public var fix: String? { fixWords?.description }

  var fixWords: Words? { words(.fix) }

  fileprivate func first(_ kind: StepPage.Part.Kind) -> Int? {
    range.first { text.parts[$0].kind == kind }
  }

  fileprivate func all(_ kind: StepPage.Part.Kind) -> [Int] {
    range.filter { text.parts[$0].kind == kind }
  }

  fileprivate func words(_ kind: StepPage.Part.Kind) -> Words? { first(kind).map(text.words) }

  /// Whether both say the same.
  public static func == (one: Step, other: Step) -> Bool {
    one.action == other.action && one.isOfChanges == other.isOfChanges
      && one.range.count == other.range.count
      && zip(one.range, other.range).allSatisfy { own, its in
        let (part, another) = (one.text.parts[own], other.text.parts[its])
        return part.kind == another.kind && (part.kind == .place || part.tag == another.tag)
          && one.text.words(own) == other.text.words(its)
          && (part.kind != .place || one.text.place(own) == other.text.place(its))
      }
  }

  /// Hashes what was done, and the sentence.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(action)
    hasher.combine(detailWords)
  }

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
    fileprivate let text: StepText
    fileprivate let part: Int

    /// What kind of entry it is.
    public var kind: Kind { Kind.allCases[text.parts[part].tag] }

    /// What tells it from others of its kind in its table: `10.0.1.4 in VSID 5001`.
    public var name: String { nameWords.description }

    var nameWords: Words { text.words(part) }

    /// Where the lab says it; `nil` for an entry that the lab does not say, such as a learned one.
    public var place: Place? {
      part > 0 ? text.place(part - 1) : nil
    }

    /// Whether both name the same entry.
    public static func == (one: Entry, other: Entry) -> Bool {
      one.kind == other.kind && one.nameWords == other.nameWords && one.place == other.place
    }

    /// Hashes the kind and the name.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      hasher.combine(nameWords)
    }

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
  }

  /// A table lookup.
  public struct Lookup: Hashable, Sendable {
    fileprivate let step: Step

    /// The table, as `routing domain blue on hv2`.
    public var table: String { tableWords.description }

    var tableWords: Words { step.words(.table) ?? step.text.nothing }

    /// What was looked for.
    public var key: String { keyWords.description }

    var keyWords: Words { step.words(.key) ?? step.text.nothing }

    /// The entry that was found; `nil` on a miss.
    public var match: String? { matchWords?.description }

    var matchWords: Words? { step.words(.match) }

    /// The other entries that cover the key, and why each was not chosen, the best first.
    public var notChosen: [NotChosen] {
      step.all(.notChosen).map { NotChosen(text: step.text, part: $0) }
    }

    /// On a miss, the nearest entries.
    public var nearest: [String] { nearestWords.map(\.description) }

    var nearestWords: [Words] { step.all(.nearest).map(step.text.words) }

    /// Whether both found the same.
    public static func == (one: Lookup, other: Lookup) -> Bool {
      (one.tableWords, one.keyWords, one.matchWords)
        == (other.tableWords, other.keyWords, other.matchWords)
        && one.notChosen == other.notChosen && one.nearestWords == other.nearestWords
    }

    /// Hashes the table, the key and the match.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(tableWords)
      hasher.combine(keyWords)
      hasher.combine(matchWords)
    }
  }

  /// An entry that was not chosen.
  public struct NotChosen: Hashable, Sendable {
    fileprivate let text: StepText
    fileprivate let part: Int

    /// The entry.
    public var entry: String { entryWords.description }

    var entryWords: Words { text.words(part) }

    /// Why it was not chosen.
    public var why: String { whyWords.description }

    var whyWords: Words { text.words(behind: part, .why) }

    /// Whether both say the same.
    public static func == (one: NotChosen, other: NotChosen) -> Bool {
      one.entryWords == other.entryWords && one.whyWords == other.whyWords
    }

    /// Hashes the entry.
    public func hash(into hasher: inout Hasher) { hasher.combine(entryWords) }
  }
}

extension Step.Entry.Kind {
  /// The kind's place among all.
  var number: Int {
    switch self {
    case .lookupRecord: 0
    case .customerRoute: 1
    case .providerRoute: 2
    case .route: 3
    case .accessRule: 4
    case .address: 5
    case .port: 6
    case .translation: 7
    }
  }
}
