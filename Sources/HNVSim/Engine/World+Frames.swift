import HNVCore

protocol FrameBox: Box {
  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World)
}

extension FrameBox {
  func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    receive(world.packets.frame(packet), from: cable, in: &world)
  }
}

extension World {
  mutating func note(
    _ fact: @autoclosure () -> any Fact, _ frame: @autoclosure () -> EthernetFrame,
    before: @autoclosure () -> EthernetFrame? = nil
  ) {
    guard keepsSteps, journey >= 0 else { return }
    let packet = packets.add(frame())
    let old = before().map { packets.add($0) }
    note(fact(), packet, before: old)
  }

  mutating func note(
    _ fact: @autoclosure () -> any Fact, packet: @autoclosure () -> IPPacket,
    before: @autoclosure () -> IPPacket? = nil
  ) {
    guard keepsSteps, journey >= 0 else { return }
    let row = packets.add(packet())
    let old = before().map { packets.add($0) }
    note(fact(), row, before: old)
  }

  mutating func finish(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact, _ frame: EthernetFrame
  ) {
    let row = packets.add(frame)
    finish(disposition, fact(), row)
  }

  mutating func drop(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact, _ frame: EthernetFrame
  ) {
    let row = packets.add(frame)
    drop(disposition, fact(), row)
  }

  mutating func drop(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact, packet: IPPacket
  ) {
    let row = packets.add(packet)
    drop(disposition, fact(), row)
  }

  mutating func accept(_ frame: EthernetFrame, _ disposition: Disposition) {
    let row = packets.add(frame)
    accept(row, disposition)
  }

  mutating func sent(_ frame: EthernetFrame) {
    let row = packets.add(frame)
    sent(row)
  }

  mutating func emit(_ frame: EthernetFrame, on cable: Cable) {
    let row = packets.add(frame)
    emit(row, on: cable)
  }

  mutating func emitCopy(of frame: EthernetFrame, on cable: Cable) {
    let row = packets.add(frame)
    emitCopy(of: row, on: cable)
  }
}

extension World {
  mutating func answer(
    _ answer: NeighborAnswer, to question: EthernetFrame, by cable: Cable, _ fact: any Fact
  ) {
    let row = packets.add(question)
    self.answer(answer, to: row, by: cable, fact)
  }

  mutating func answerEcho(
    _ request: EthernetFrame, from router: MACAddress, by cable: Cable, _ fact: any Fact
  ) {
    let row = packets.add(request)
    answerEcho(row, from: router, by: cable, fact)
  }

  mutating func originate(_ frame: EthernetFrame, _ purpose: PacketPurpose, by cable: Cable) {
    let row = packets.add(frame)
    originate(row, purpose, by: cable)
  }

  mutating func noteChange(from before: EthernetFrame, to after: EthernetFrame) {
    guard keepsSteps, before != after else { return }
    note(CommonFact.rewritten, after, before: before)
  }
}

extension AccessList {
  func passes(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, _ flows: inout FlowTable,
    in world: inout World
  ) -> Bool {
    let row = world.packets.add(frame)
    return passes(row, direction, &flows, in: &world)
  }
}

extension Flow {
  init?(_ packet: IPPacket, _ direction: AccessRule.Direction, at place: String) {
    var packets = PacketTable()
    let row = packets.add(packet)
    self.init(packets[row], direction, at: place)
  }
}

extension HostPorts {
  func deliver(_ frame: EthernetFrame, to adapter: Adapter, in world: inout World) {
    let row = world.packets.add(frame)
    deliver(row, to: adapter, in: &world)
  }

  func tunnel(
    _ transport: Transport, _ fact: any Fact = PortFact.encapsulated, to other: Int,
    in world: inout World
  ) {
    let (own, peer) = (world.intent.hosts[host].address, world.intent.hosts[other].address)
    send(transport, fact, from: own, to: peer, in: &world)
  }

  func tunnel(_ transport: Transport, to group: IPAddress, in world: inout World) {
    send(
      transport, PortFact.encapsulated, from: world.intent.hosts[host].address, to: group,
      in: &world)
  }

  private func send(
    _ transport: Transport, _ fact: any Fact, from own: IPAddress, to peer: IPAddress,
    in world: inout World
  ) {
    guard
      let packet = world.packets.add(
        from: own, to: peer, timeToLive: Station.timeToLive, transport)
    else {
      world.drop(.notModelled, PortFact.mixedFamilies(own, peer))
      return
    }
    world.note(fact, packet)
    stack.send(packet, in: &world)
  }

  func receive(_ frame: EthernetFrame, in world: inout World) -> IPPacket? {
    stack.receive(frame, in: &world) ? frame.packet : nil
  }

  func answer(
    _ answer: NeighborAnswer, to question: EthernetFrame, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answer(answer, to: question, by: cable, fact)
  }

  func answerEcho(
    _ request: EthernetFrame, from router: MACAddress, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answerEcho(request, from: router, by: cable, fact)
  }

  func report(
    _ complaint: ICMPComplaint, about frame: EthernetFrame, from address: IPAddress,
    _ router: MACAddress, by cable: Cable, in world: inout World
  ) {
    let row = world.packets.add(frame)
    report(complaint, about: row, from: address, router, by: cable, in: &world)
  }
}

extension UnderlayStack {
  func send(_ packet: IPPacket, towards host: IPAddress? = nil, in world: inout World) {
    let row = world.packets.add(packet)
    send(row, towards: host, in: &world)
  }

  func isMeant(_ frame: EthernetFrame, in world: inout World) -> Bool {
    let row = world.packets.add(frame)
    return isMeant(row, in: &world)
  }

  func receive(_ frame: EthernetFrame, in world: inout World) -> Bool {
    let row = world.packets.add(frame)
    return receive(row, in: &world)
  }

  func assemble(_ part: IPPacket, in world: inout World) -> IPPacket? {
    let row = world.packets.add(part)
    return assemble(row, in: &world).flatMap { world.packets.ipPacket($0) }
  }
}

extension EthernetFrame {
  func rewritten(
    source: MACAddress? = nil, destination: MACAddress? = nil, decrementing: Bool = false
  ) -> EthernetFrame {
    var packets = PacketTable()
    let row = packets.add(self)
    let changed = packets.rewrite(
      row, source: source, destination: destination, decrementing: decrementing)
    return packets.frame(changed)
  }

  var askedAddress: IPAddress? {
    var packets = PacketTable()
    let row = packets.add(self)
    return packets[row].askedAddress
  }

  init(announcing address: IPAddress, at mac: MACAddress) {
    var packets = PacketTable()
    let row = packets.add(announcementOf: address, at: mac)
    self = packets.frame(row)
  }
}
