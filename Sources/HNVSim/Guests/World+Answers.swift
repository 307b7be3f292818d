import HNVCore

/// What hosts and other devices of a platform say to machines in their own name.
extension World {
  /// Answers the question at hand for a MAC address, by the cable that it came by; `fact` is about
  /// the answer.
  mutating func answer(
    _ answer: NeighborAnswer, to question: PacketID, by cable: Cable, _ fact: any Fact
  ) {
    guard let reply = packets.add(answer, to: question) else { return }
    note(fact, reply)
    accept(question, .answered)
    following(begin(.resolution, of: reply)) { world in
      world.sent(reply)
      world.emit(reply, on: cable)
    }
  }

  /// Answers an echo request, which `fact` is about, in the name of a router address.
  mutating func answerEcho(
    _ request: PacketID, from router: MACAddress, by cable: Cable, _ fact: any Fact
  ) {
    guard let answer = packets.addEchoAnswer(to: request, from: router) else { return }
    note(fact, request)
    accept(request, .answered)
    originate(answer, .reply, by: cable)
  }

  /// Sends a machine a packet of the element's own.
  mutating func originate(_ packet: PacketID, _ purpose: PacketPurpose, by cable: Cable) {
    following(begin(purpose, of: packet)) { world in
      world.note(CommonFact.originated, packet)
      world.sent(packet)
      world.emit(packet, on: cable)
    }
  }
}
