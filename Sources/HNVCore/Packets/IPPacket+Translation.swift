/// What address translation changes in a packet.
extension IPPacket {
  /// The packet between other addresses, with another transport, and all else as it was.
  ///
  /// - Returns: `nil` for addresses of another family.
  package func replacing(
    source: IPAddress, destination: IPAddress, transport: Transport
  ) -> IPPacket? {
    switch (self, source, destination) {
    case (.v4(var packet), .v4(let source), .v4(let destination)):
      packet.source = source
      packet.destination = destination
      packet.transport = transport
      return .v4(packet)
    case (.v6(var packet), .v6(let source), .v6(let destination)):
      packet.source = source
      packet.destination = destination
      packet.transport = transport
      return .v6(packet)
    default: return nil
    }
  }
}
