import HNVCore

extension OVNVerdict {
  /// An answer that is not understood: the line at which it is not.
  struct Unreadable: Error, Equatable { let line: String }

  /// Reads the answer to `trace --minimal` (ovn-trace(8), "Minimal Output").
  ///
  /// The answer is a program: a comment with the packet as it entered, assignments, and blocks
  /// that work on the packet as it is there. A packet that is flooded runs through one port behind
  /// the other without a block of its own, so assignments behind a router that floods would leak;
  /// none of OVN's routers passes on what was flooded to it.
  init(parsing answer: String) throws(Unreadable) {
    var lines = answer.split(separator: "\n").map { $0.drop { $0 == " " } }[...]
    guard let first = lines.popFirst(), var packet = OVNPacket(parsingFlow: first) else {
      throw Unreadable(line: answer)
    }
    var cause = Cause.packet
    var outer: [(packet: OVNPacket, cause: Cause)] = []
    var outputs: [Output] = []
    for line in lines {
      if line == "};" {
        guard let resumed = outer.popLast() else { throw Unreadable(line: String(line)) }
        (packet, cause) = resumed
      } else if line.hasSuffix(" {") {
        outer.append((packet, cause))
        guard let made = packet.enter(line.dropLast(2), cause) else {
          throw Unreadable(line: String(line))
        }
        cause = made
      } else if line.hasPrefix("output(\""), line.hasSuffix("\");") {
        let port = String(line.dropFirst(8).dropLast(3))
        outputs.append(Output(port: port, cause: cause, packet: packet))
      } else if !line.hasPrefix("ct_next(") {
        guard packet.execute(line) else { throw Unreadable(line: String(line)) }
      }
    }
    guard outer.isEmpty else { throw Unreadable(line: "") }
    self.outputs = outputs
  }
}

extension OVNPacket {
  /// Becomes the packet that a block works on, and says why there is one; `nil` for a block that
  /// is unknown (ovn-sb(5), "actions").
  fileprivate mutating func enter(
    _ opening: Substring, _ cause: OVNVerdict.Cause
  ) -> OVNVerdict.Cause? {
    if opening.hasPrefix("ct_next(") { return cause }
    guard let made = OVNVerdict.Cause(rawValue: String(opening)), made != .packet else {
      return nil
    }
    switch made {
    case .packet: break
    // The tracer leaves the old packet's TTL in place; these are what ovn-controller begins with
    // (controller/pinctrl.c), host unreachable among them.
    case .reset: ip?.timeToLive = 63
    case .icmp4:
      ip?.timeToLive = 255
      icmp = ICMP(type: 3, code: 1)
    case .arp:
      guard let ip else { return nil }
      (self.ip, icmp) = (nil, nil)
      arp = ARP(
        operation: 1, senderMAC: source, sender: ip.source, targetMAC: MACAddress(bits: 0),
        target: ip.destination)
    }
    return made
  }

  /// Carries out one statement; `false` for one that is unknown.
  fileprivate mutating func execute(_ line: Substring) -> Bool {
    if line == "ip.ttl--;" {
      guard let left = ip?.timeToLive, left > 0 else { return false }
      ip?.timeToLive = left - 1
      return true
    }
    guard line.hasSuffix(";"), let equals = line.firstRange(of: " = ") else { return false }
    return set(line[..<equals.lowerBound], to: line[equals.upperBound...].dropLast())
  }
}
