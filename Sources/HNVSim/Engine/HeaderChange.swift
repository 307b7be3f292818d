public import HNVCore

extension Step {
  /// A header field before and after.
  public struct Change: Hashable, Sendable, CustomStringConvertible {
    /// The field.
    public let field: Field
    /// Its value before.
    public let before: String
    /// Its value after.
    public let after: String

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
    public init?(_ field: Field, _ before: String, _ after: String) {
      guard before != after else { return nil }
      self.field = field
      self.before = before
      self.after = after
    }

    /// The changes from one frame to another, those of its packet included.
    public static func changes(_ before: EthernetFrame, _ after: EthernetFrame) -> [Change] {
      func vlan(_ frame: EthernetFrame) -> String {
        frame.tag.map { "\($0.identifier)" } ?? "none"
      }
      let own = [
        Change(.destinationMAC, "\(before.destination)", "\(after.destination)"),
        Change(.sourceMAC, "\(before.source)", "\(after.source)"),
        Change(.vlan, vlan(before), vlan(after)),
      ].compactMap { $0 }
      guard let packet = before.packet, let changed = after.packet else { return own }
      return own + changes(packet, changed)
    }

    /// The changes from one packet to another.
    public static func changes(_ before: IPPacket, _ after: IPPacket) -> [Change] {
      [
        Change(.source, "\(before.source)", "\(after.source)"),
        Change(.destination, "\(before.destination)", "\(after.destination)"),
        Change(.timeToLive, "\(before.timeToLive)", "\(after.timeToLive)"),
      ].compactMap { $0 }
    }

    /// The change, as `TTL 128 -> 127`.
    public var description: String { "\(field.rawValue) \(before) -> \(after)" }
  }

  /// A step that says what changed, and nothing else.
  init(_ action: Action, changes: [Change], setting: String? = nil) {
    self.init(
      action, changes.map(\.description).joined(separator: ", "), changes: changes,
      setting: setting)
    isOfChanges = true
  }

  /// The changes that the sentence does not say itself.
  var changesBeside: [Change] { isOfChanges ? [] : changes }

  /// Whether the step changed a header field.
  func changes(_ field: Change.Field) -> Bool { changes.contains { $0.field == field } }
}
