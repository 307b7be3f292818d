public import HNVCore

extension Step {
  /// A header field before and after.
  public struct Change: Hashable, Sendable, CustomStringConvertible {
    let text: StepText
    let part: Int

    /// The field.
    public var field: Field { Field.allCases[text.parts[part].tag] }

    /// Its value before.
    public var before: String { beforeWords.description }

    var beforeWords: Words { text.words(part) }

    /// Its value after.
    public var after: String { afterWords.description }

    var afterWords: Words { text.words(part + 1) }

    /// The change, as `TTL 128 -> 127`.
    public var description: String { "\(field.rawValue) \(before) -> \(after)" }

    /// Whether both say the same.
    public static func == (one: Change, other: Change) -> Bool {
      one.field == other.field && one.beforeWords == other.beforeWords
        && one.afterWords == other.afterWords
    }

    /// Hashes the field and its values.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(field)
      hasher.combine(beforeWords)
      hasher.combine(afterWords)
    }

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

      /// The field's place among all.
      var number: Int {
        switch self {
        case .destinationMAC: 0
        case .sourceMAC: 1
        case .vlan: 2
        case .source: 3
        case .destination: 4
        case .timeToLive: 5
        case .quotedSource: 6
        case .quotedDestination: 7
        }
      }
    }
  }

  /// Whether the step changed a header field.
  func changes(_ field: Change.Field) -> Bool { changes.contains { $0.field == field } }
}

extension StepWriter {
  /// The changes from one frame to another, those of its packet included.
  public mutating func changes(from before: Packet, to after: Packet) {
    change(.destinationMAC, before.destinationMAC, after.destinationMAC)
    change(.sourceMAC, before.sourceMAC, after.sourceMAC)
    change(.vlan, vlan(of: before), vlan(of: after))
    packetChanges(from: before, to: after)
  }

  /// The changes from one packet to another, whatever frames they are in.
  public mutating func packetChanges(from before: Packet, to after: Packet) {
    guard before.isIP, after.isIP else { return }
    change(.source, before.source, after.source)
    change(.destination, before.destination, after.destination)
    change(.timeToLive, before.timeToLive, after.timeToLive)
  }

  private func vlan(of frame: Packet) -> String {
    frame.tag.map { "\($0.identifier)" } ?? "none"
  }
}
