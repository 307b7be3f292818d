import HNVCore

/// What hosts and other devices of a platform say to machines in their own name.
extension World {
  /// Answers the question at hand for a MAC address, by the cable that it came by; `fact` is about
  /// the answer.
  mutating func answer(
    _ answer: NeighborAnswer, to question: EthernetFrame, by cable: Cable, _ fact: any Fact
  ) {
    guard let reply = answer.frame(answering: question) else { return }
    note(fact, reply)
    accept(question, .answered)
    let answering = begin(
      .resolution,
      of: PacketSummary(source: answer.target, destination: answer.target, text: "reply"))
    following(answering) { world in
      world.sent(reply)
      world.emit(reply, on: cable)
    }
  }

  /// Answers an echo request, which `fact` is about, in the name of a router address.
  mutating func answerEcho(
    _ request: EthernetFrame, from router: MACAddress, by cable: Cable, _ fact: any Fact
  ) {
    guard let answer = request.echoAnswer(from: router) else { return }
    note(fact, request)
    accept(request, .answered)
    originate(answer, .reply, by: cable)
  }

  /// Sends a machine a packet of the element's own.
  mutating func originate(_ frame: EthernetFrame, _ purpose: PacketPurpose, by cable: Cable) {
    guard let packet = frame.packet else { return }
    following(begin(purpose, of: PacketSummary(packet))) { world in
      world.note(CommonFact.originated, frame)
      world.sent(frame)
      world.emit(frame, on: cable)
    }
  }
}
