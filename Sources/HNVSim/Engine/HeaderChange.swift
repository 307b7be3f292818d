public import HNVCore

extension Step {
  /// A header field before and after.
  public struct Change: Hashable, Sendable, CustomStringConvertible {
    /// The field.
    public let field: Field
    /// Its value before.
    public var before: String { beforeWords.description }
    let beforeWords: Words
    /// Its value after.
    public var after: String { afterWords.description }
    let afterWords: Words

    /// A header field that can change on the way; raw values are as traces show them.
    public enum Field: String, Hashable, Sendable, CaseIterable {
      /// The frame's destination MAC address.
      case destinationMAC = "destination MAC"
      /// The frame's source MAC address.
      case sourceMAC = "source MAC"
      /// The VLAN of the frame's tag.
      case vlan = "VLAN"
      /// The packet's source address, with its port where that is translated as well.
      case source = "source"
      /// The packet's destination address, with its port where that is translated as well.
      case destination = "destination"
      /// The packet's TTL.
      case timeToLive = "TTL"
      /// The source of the packet that an ICMP error quotes.
      case quotedSource = "quoted source"
      /// The destination of the packet that an ICMP error quotes.
      case quotedDestination = "quoted destination"
    }

    /// Describes a change; `nil` when there is none.
    public init?(_ field: Field, _ before: Words, _ after: Words) {
      guard before != after else { return nil }
      self.field = field
      beforeWords = before
      afterWords = after
    }

    /// The changes from one frame to another, those of its packet included.
    public static func changes(_ before: Packet, _ after: Packet) -> [Change] {
      let own = [
        change(.destinationMAC, before.destinationMAC, after.destinationMAC),
        change(.sourceMAC, before.sourceMAC, after.sourceMAC),
        before.tag == after.tag ? nil : Change(.vlan, vlan(of: before), vlan(of: after)),
      ].compactMap { $0 }
      return own + packetChanges(before, after)
    }

    /// The changes from one packet to another, whatever frames they are in.
    public static func packetChanges(_ before: Packet, _ after: Packet) -> [Change] {
      guard before.isIP, after.isIP else { return [] }
      return [
        change(.source, before.source, after.source),
        change(.destination, before.destination, after.destination),
        Change(.timeToLive, "\(before.timeToLive)", "\(after.timeToLive)"),
      ].compactMap { $0 }
    }

    private static func change<Value: ASCIIText & Equatable>(
      _ field: Field, _ before: Value, _ after: Value
    ) -> Change? {
      before == after ? nil : Change(field, "\(before)", "\(after)")
    }

    private static func vlan(of frame: Packet) -> Words {
      frame.tag.map { "\($0.identifier)" } ?? "none"
    }

    /// The change, as `TTL 128 -> 127`.
    public var description: String { words.description }

    var words: Words { "\(field.rawValue) \(beforeWords) -> \(afterWords)" }
  }

  /// A step that says what changed, and nothing else.
  init(_ action: Action, changes: [Change], setting: String? = nil) {
    self.init(
      action, changes.map(\.words).listed(), changes: changes, setting: setting)
    isOfChanges = true
  }

  /// The changes that the sentence does not say itself.
  var changesBeside: [Change] { isOfChanges ? [] : changes }

  /// Whether the step changed a header field.
  func changes(_ field: Change.Field) -> Bool { changes.contains { $0.field == field } }
}
