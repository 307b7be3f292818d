import HNVCore

/// A question with its names resolved: a packet that can be sent.
struct TestPacket: Sendable {
  let sender: ElementID
  let source: IPAddress?
  let destination: IPAddress
  /// The element that was named as the destination; `nil` for an address.
  let receiver: ElementID?
  let timeToLive: UInt8
  let mayFragment: Bool
  let transport: Transport
  /// The compartment of the sender that has a link in common with the receiver; `nil` for none.
  var compartment: Int?

  var text: String { transport.words }
}

extension Question {
  /// The default source port: the first that Windows assigns.
  static let defaultSourcePort: UInt16 = 49152
  /// The default payload of an echo request: that of Windows' ping.
  static let defaultEchoSize = 32

  /// The question in a few words, with what differs from the defaults: `A -> B, udp/53, TTL 5`.
  var words: String {
    var words = ["\(from) -> \(to)"]
    if ipProtocol != .icmp {
      words.append("\(ipProtocol)" + (destinationPort.map { "/\($0)" } ?? ""))
    }
    if let sourcePort, sourcePort != Self.defaultSourcePort {
      words.append("source port \(sourcePort)")
    }
    if let size, size != (ipProtocol == .icmp ? Self.defaultEchoSize : 0) {
      words.append(size == 1 ? "1 byte" : "\(size) bytes")
    }
    if let timeToLive, timeToLive != NetworkStack.timeToLive { words.append("TTL \(timeToLive)") }
    if !dontFragment { words.append("DF cleared") }
    return words.joined(separator: ", ")
  }

  /// Resolves the names of a question; throws everything that is wrong with it.
  func testPacket(in intent: Intent) throws(Diagnostics) -> TestPacket {
    var diagnostics: [Diagnostic] = []
    let sender = resolveSender(in: intent, &diagnostics)
    let destination = resolveDestination(from: sender, in: intent, &diagnostics)
    checkFields(&diagnostics)
    guard diagnostics.isEmpty, let sender, let destination else { throw Diagnostics(diagnostics) }
    let transport = transport(to: destination)
    let receiver = intent.elements[to]
    return TestPacket(
      sender: sender, source: Self.source(of: sender, towards: destination, in: intent),
      destination: destination, receiver: receiver,
      timeToLive: timeToLive ?? NetworkStack.timeToLive, mayFragment: !dontFragment,
      transport: transport,
      compartment: receiver.flatMap { intent.compartment(of: sender, towards: $0) })
  }

  private func resolveSender(in intent: Intent, _ diagnostics: inout [Diagnostic]) -> ElementID? {
    switch intent.elements[from] {
    case .machine(let index): return .machine(index)
    case .outside(let index): return .outside(index)
    case .host, .underlay, .router, .device:
      diagnostics.append(
        Diagnostic(
          .unknownName, in: .named("sender"), value: from,
          "\(from) is \(kind(from, in: intent)); packets are sent by machines",
          fix: "name a machine, or an outside network"))
    case nil: diagnostics.append(unknown(from, "sender", in: intent))
    }
    return nil
  }

  private func resolveDestination(
    from sender: ElementID?, in intent: Intent, _ diagnostics: inout [Diagnostic]
  ) -> IPAddress? {
    let own = sender.map { Self.addresses(of: $0, in: intent) } ?? []
    let families = Self.families(of: own)
    if let element = intent.elements[to] {
      if element.isOfUnderlay {
        diagnostics.append(
          Diagnostic(
            .unknownName, in: .named("destination"), value: to,
            "\(to) is \(kind(to, in: intent)); packets go to machines and addresses",
            fix: "name a machine, an outside network or an address"))
        return nil
      }
      if element == sender {
        diagnostics.append(reachesItself())
        return nil
      }
      let addresses = intent.addresses(of: element, nearestTo: sender)
      let fitting = families.lazy.compactMap { family in
        addresses.first { $0.family == family }
      }.first
      guard let address = fitting else {
        if sender != nil {
          diagnostics.append(
            Diagnostic(
              .packetForm, in: .named("destination"), value: to,
              "\(to) and \(from) have no address family in common",
              fix: "name a machine with an address of the sender's family"))
        }
        return nil
      }
      // Within one network a duplicate address is a diagnostic of the lab.
      if let sender, own.contains(address), !intent.shareNetwork(sender, element) {
        diagnostics.append(
          Diagnostic(
            .packetForm, in: .named("destination"), value: to,
            "\(address) of \(to) is an address of \(from) as well, in another network",
            fix: "use an address that only \(to) has"))
        return nil
      }
      return address
    }
    do throws(Diagnostic) {
      let address = try IPAddress(parsing: to)
      guard !address.isUnspecified, !address.isLoopback else {
        diagnostics.append(
          Diagnostic(
            .packetForm, in: .named("destination"), value: to,
            "\(to) is no address of a machine or a group", fix: "name another address"))
        return nil
      }
      if address.isMulticast || address.isLimitedBroadcast, ipProtocol == .tcp {
        diagnostics.append(
          Diagnostic(
            .packetForm, in: .named("destination"), value: to,
            "TCP joins two machines, and \(to) is a group",
            fix: "send icmp or udp, or name the address of one machine"))
        return nil
      }
      if own.contains(address) {
        diagnostics.append(reachesItself())
        return nil
      }
      if sender != nil, !families.contains(address.family) {
        diagnostics.append(
          Diagnostic(
            .packetForm, in: .named("destination"), value: to,
            "\(from) has no \(address.family) address to send from",
            fix: "name an address of the sender's family"))
        return nil
      }
      return address
    } catch {
      let looksLikeAddress = to.utf8.allSatisfy {
        $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
      diagnostics.append(
        looksLikeAddress
          ? error.attributed(to: .named("destination")) : unknown(to, "destination", in: intent))
      return nil
    }
  }

  /// What an element of the underlay is, in words.
  private func kind(_ name: String, in intent: Intent) -> String {
    switch intent.elements[name] {
    case .router: "a router of the underlay"
    case .underlay, .device: "part of the platform"
    default: "a host"
    }
  }

  private func reachesItself() -> Diagnostic {
    Diagnostic(
      .packetForm, in: .named("destination"), value: to,
      "\(from) is both sender and destination", fix: "name two machines")
  }

  private func unknown(_ name: String, _ role: String, in intent: Intent) -> Diagnostic {
    let names = intent.elements.filter { !$0.value.isOfUnderlay }.keys.sorted()
    if let address = try? IPAddress(parsing: name), let owner = intent.owner(of: address) {
      let machine = intent.machines[owner.machine].name
      return Diagnostic(
        .unknownName, in: .named(role), value: name, "name the machine, not its address",
        fix: "\(name) is an address of \(machine): write \(machine)")
    }
    return .unknownMachine(name, role, among: names)
  }

  private func checkFields(_ diagnostics: inout [Diagnostic]) {
    func refuse(_ value: String, _ what: String, fix: String) {
      diagnostics.append(
        Diagnostic(.packetForm, in: .named("packet"), value: value, what, fix: fix))
    }
    if ipProtocol == .icmp, let port = sourcePort ?? destinationPort {
      refuse("\(port)", "an ICMP echo has no ports", fix: "send udp or tcp")
    }
    if ipProtocol == .tcp, let size, size > 0 {
      refuse("\(size)", "a TCP SYN carries no data", fix: "leave the size out, or send udp")
    }
    if let size, !(0...Self.largestSize).contains(size) {
      refuse(
        "\(size)", "a payload has 0 to \(Self.largestSize) bytes", fix: "send fewer bytes")
    }
    if timeToLive == 0 {
      refuse("0", "a packet is sent with a TTL of at least 1", fix: "use 1 to 255")
    }
    if ![.icmp, .udp, .tcp].contains(ipProtocol) {
      refuse("\(ipProtocol)", "this packet is not simulated", fix: "send icmp, udp or tcp")
    }
  }

  private func transport(to destination: IPAddress) -> Transport {
    let source = sourcePort ?? Self.defaultSourcePort
    switch ipProtocol {
    case .udp:
      return .udp(
        UDPDatagram(
          sourcePort: source, destinationPort: destinationPort ?? 53,
          data: Self.pattern(size ?? 0)))
    case .tcp:
      return .tcp(
        TCPSegment(
          sourcePort: source, destinationPort: destinationPort ?? 80, sequence: 0,
          flags: [.syn]))
    default:
      let data = Self.pattern(size ?? Self.defaultEchoSize)
      return destination.family == .v4
        ? .icmp(.echoRequest(identifier: 1, sequence: 1, data: data))
        : .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: data))
    }
  }

  /// The letters a to w over and over, which Windows' ping sends.
  private static func pattern(_ count: Int) -> [UInt8] {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "w")
    var pattern: [UInt8] = []
    pattern.reserveCapacity(count)
    while pattern.count + letters.count <= count { pattern += letters }
    return pattern + letters.prefix(count - pattern.count)
  }

  /// The source of an outside network is one of the addresses that stand for it.
  private static func source(
    of sender: ElementID, towards destination: IPAddress, in intent: Intent
  ) -> IPAddress? {
    guard case .outside(let index) = sender else { return nil }
    return intent.outsides[index].addresses.first { $0.family == destination.family }
  }

  static func addresses(of element: ElementID, in intent: Intent) -> [IPAddress] {
    switch element {
    case .machine(let index):
      var addresses: [IPAddress] = []
      for interface in intent.machines[index].interfaces {
        for address in interface.addresses { addresses.append(address.address) }
      }
      return addresses
    case .outside(let index): return intent.outsides[index].addresses
    case .host, .underlay, .router, .device: return []
    }
  }

  private static func families(of addresses: [IPAddress]) -> [IPFamily] {
    var families: [IPFamily] = []
    for address in addresses where !families.contains(address.family) {
      families.append(address.family)
    }
    return families
  }
}
