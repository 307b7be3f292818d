import HNVCore

extension IPPacket {
  /// The packet as an element reads it.
  var row: Packet {
    var packets = PacketTable()
    let packet = packets.add(self)
    return packets[packet]
  }
}
