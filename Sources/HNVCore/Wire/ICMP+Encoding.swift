extension ICMPMessage {
  func write(to writer: inout ByteWriter) {
    switch self {
    case .echoRequest(let identifier, let sequence, let data):
      writer.append(type: 8, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .echoReply(let identifier, let sequence, let data):
      writer.append(type: 0, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .destinationUnreachable(let code, let quoted):
      writer.append(type: 3, code: code.rawValue, 0, quoted.bytes)
    case .fragmentationNeeded(let mtu, let quoted):
      writer.append(type: 3, code: 4, UInt32(mtu), quoted.bytes)
    case .redirect(let code, let gateway, let quoted):
      writer.append(type: 5, code: code.rawValue, gateway.bits, quoted.bytes)
    case .timeExceeded(let quoted): writer.append(type: 11, code: 0, 0, quoted.bytes)
    case .other(let type, let code, let body): writer.append(type: type, code: code, body)
    }
  }
}

extension ICMPv6Message {
  func write(to writer: inout ByteWriter) {
    switch self {
    case .echoRequest(let identifier, let sequence, let data):
      writer.append(type: 128, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .echoReply(let identifier, let sequence, let data):
      writer.append(type: 129, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .destinationUnreachable(let code, let quoted):
      writer.append(type: 1, code: code.rawValue, 0, quoted.bytes)
    case .packetTooBig(let mtu, let quoted): writer.append(type: 2, code: 0, mtu, quoted.bytes)
    case .timeExceeded(let quoted): writer.append(type: 3, code: 0, 0, quoted.bytes)
    case .routerAdvertisement(let body): writer.append(type: 134, code: 0, body)
    case .neighborSolicitation(let target, let sender):
      writer.append(type: 135, code: 0, 0, [])
      writer.append(target)
      if let sender { writer.append(option: 1, sender) }
    case .neighborAdvertisement(let target, let targetMAC, let solicited):
      // RFC 4861, section 4.4: solicited or not, it overrides what was known.
      writer.append(type: 136, code: 0, solicited ? 0x6000_0000 : 0x2000_0000, [])
      writer.append(target)
      writer.append(option: 2, targetMAC)
    case .redirect(let code, let target, let destination, let quoted):
      writer.append(type: 137, code: code.rawValue, 0, [])
      writer.append(target)
      writer.append(destination)
      let option = quoted.bytesInOption
      writer.append(UInt8(4))
      writer.append(UInt8(truncatingIfNeeded: option.count / 8 + 1))
      writer.append([0, 0, 0, 0, 0, 0])
      writer.append(option)
    case .other(let type, let code, let body): writer.append(type: type, code: code, body)
    }
  }
}

extension ByteWriter {
  /// A message with its checksum left zero, four bytes of its own, and what follows.
  fileprivate mutating func append(
    type: UInt8, code: UInt8, _ rest: UInt32, _ data: [UInt8]
  ) {
    append(type: type, code: code, [])
    append(rest)
    append(data)
  }

  fileprivate mutating func append(type: UInt8, code: UInt8, _ body: [UInt8]) {
    append(type)
    append(code)
    append(UInt16(0))
    append(body)
  }

  /// A link-layer address option (RFC 4861, section 4.6.1).
  fileprivate mutating func append(option: UInt8, _ address: MACAddress) {
    append(option)
    append(UInt8(1))
    append(address)
  }
}
