public import HNVCore

/// Why the packet was sent.
public enum PacketPurpose: Hashable, Sendable, BitwiseCopyable {
  /// Somebody asked for it.
  case request
  /// It answers the packet that caused it.
  case reply
  /// It tells that the packet that caused it was lost.
  case error
  /// It tells of a better way for the packet that caused it, which goes on all the same.
  case redirect
  /// It finds a neighbour's MAC address for the packet that caused it.
  case resolution
  /// It is one of several copies of the packet that caused it.
  case copy
  /// It is a part of the packet that caused it, which arrives when all parts have.
  case fragment
  /// It tells others of its sender, and nobody asked for it.
  case announcement
}

/// A packet as its sender meant it, before any frame exists.
public struct PacketSummary: Hashable, Sendable {
  /// The address it comes from.
  public let source: IPAddress
  /// The address it goes to.
  public let destination: IPAddress
  /// What it is, in a few words: `ICMP echo request`, `TCP SYN 49152 -> 80`.
  public let text: String

  /// Describes a packet.
  public init(source: IPAddress, destination: IPAddress, text: String) {
    self.source = source
    self.destination = destination
    self.text = text
  }
}

extension PacketSummary {
  /// What a packet of a run is, in words.
  init(_ packet: PacketID, in packets: PacketTable) {
    let row = packets[packet]
    let (source, destination) = row.subjects
    let text: String
    if row.isARP || row.isNeighborDiscovery {
      text =
        row.isAnnouncement
        ? "announcement of \(destination)"
        : row.isQuestion
          ? "\(row.isARP ? "ARP" : "ND") request for \(destination)" : "reply"
    } else {
      text = packets.transport(of: packet)?.words ?? ""
    }
    self.init(source: source, destination: destination, text: text)
  }
}
