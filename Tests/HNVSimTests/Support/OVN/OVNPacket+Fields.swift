import HNVCore

extension OVNPacket {
  /// Reads the comment that an answer begins with, the packet in OpenFlow's words
  /// (ovs-fields(7)): `# icmp,reg14=0x3,dl_src=...,nw_ttl=64`.
  init?(parsingFlow line: Substring) {
    guard line.hasPrefix("# ") else { return nil }
    let words = line.dropFirst(2).split(separator: ",")
    var values: [Substring: Substring] = [:]
    for word in words {
      guard let equals = word.firstIndex(of: "=") else { continue }
      values[word[..<equals]] = word[word.index(after: equals)...]
    }
    func value<Value>(_ name: Substring, _ read: (Substring) -> Value?) -> Value? {
      values[name].flatMap(read)
    }
    guard let source = value("dl_src", Self.mac), let destination = value("dl_dst", Self.mac)
    else { return nil }
    (self.source, self.destination) = (source, destination)
    if let source = value("nw_src", Self.address), let target = value("nw_dst", Self.address),
      let timeToLive = value("nw_ttl", Self.number8)
    {
      ip = IP(source: source, destination: target, timeToLive: timeToLive)
    }
    if words.first == "icmp", let type = value("icmp_type", Self.number8),
      let code = value("icmp_code", Self.number8)
    {
      icmp = ICMP(type: type, code: code)
    }
    if words.first == "arp", let operation = value("arp_op", { UInt16($0) }),
      let senderMAC = value("arp_sha", Self.mac), let sender = value("arp_spa", Self.address),
      let targetMAC = value("arp_tha", Self.mac), let target = value("arp_tpa", Self.address)
    {
      arp = ARP(
        operation: operation, senderMAC: senderMAC, sender: sender, targetMAC: targetMAC,
        target: target)
    }
  }

  /// Writes one field by OVN's name of it (ovn-sb(5), "Symbols"); `false` for a field or a value
  /// that is unknown.
  mutating func set(_ field: Substring, to value: Substring) -> Bool {
    switch field {
    case "eth.src": Self.write(&source, Self.mac(value))
    case "eth.dst": Self.write(&destination, Self.mac(value))
    case "ip4.src": Self.write(&ip, \.source, Self.address(value))
    case "ip4.dst": Self.write(&ip, \.destination, Self.address(value))
    case "ip.ttl": Self.write(&ip, \.timeToLive, Self.number8(value))
    case "icmp4.type": Self.write(&icmp, \.type, Self.number8(value))
    case "icmp4.code": Self.write(&icmp, \.code, Self.number8(value))
    case "arp.op": Self.write(&arp, \.operation, UInt16(value))
    case "arp.sha": Self.write(&arp, \.senderMAC, Self.mac(value))
    case "arp.spa": Self.write(&arp, \.sender, Self.address(value))
    case "arp.tha": Self.write(&arp, \.targetMAC, Self.mac(value))
    case "arp.tpa": Self.write(&arp, \.target, Self.address(value))
    default: false
    }
  }

  private static func write<Value>(_ place: inout Value, _ value: Value?) -> Bool {
    guard let value else { return false }
    place = value
    return true
  }

  private static func write<Header, Value>(
    _ header: inout Header?, _ place: WritableKeyPath<Header, Value>, _ value: Value?
  ) -> Bool {
    guard let value, header != nil else { return false }
    header?[keyPath: place] = value
    return true
  }

  private static func mac(_ text: Substring) -> MACAddress? {
    try? MACAddress(parsing: String(text))
  }

  /// An IPv4 address, dotted or, as within `arp`, a number in hexadecimal digits.
  private static func address(_ text: Substring) -> IPv4Address? {
    guard text.hasPrefix("0x") else { return try? IPv4Address(parsing: String(text)) }
    return UInt32(text.dropFirst(2), radix: 16).map { IPv4Address(bits: $0) }
  }

  private static func number8(_ text: Substring) -> UInt8? { UInt8(text) }
}
