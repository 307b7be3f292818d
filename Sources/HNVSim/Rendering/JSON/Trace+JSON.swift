extension Trace: JSONObjectValue {
  /// The members of a trace, its replies included.
  public static let jsonForm = JSONForm<Trace>(
    "trace", about: "What happened to one packet, and why.",
    [
      .member("disposition", "How the packet ended.") { $0.disposition },
      .member("outcome", "What that means.") { $0.disposition.class },
      .member("sender", "The element that sent it, or tried to.") { $0.sender },
      .member("packet", "What it is, in words.") { $0.packet.text },
      .member("time", "When it was sent, in nanoseconds of the virtual clock.") { $0.time },
      .member("sent", "The packet as it left its sender; null when nothing did.") { $0.sent },
      .member("delivered", "The packet as it arrived; null when it did not.") { $0.delivered },
      .member("through", "The forwarding machines that it passed, in order.") { $0.through },
      .member("resolution", "How the MAC addresses of next hops were resolved.") {
        $0.resolution
      },
      .member("hops", "The elements that it passed, in order.") { $0.hops },
      .member("lostAt", "The element that dropped it; null when none did.") {
        $0.disposition.isSuccess ? nil : $0.loss?.element
      },
      .member("fix", "What would let it pass, where it was dropped.") {
        $0.disposition.isSuccess ? nil : $0.decision?.step.fix
      },
      .member("reply", "The first reply; null when none was sent.") { $0.reply },
      .optional("furtherReplies", "Replies and errors beyond the first.") {
        $0.replies.count > 1 ? Array($0.replies.dropFirst()) : nil
      },
      .optional("copies", "The copies or fragments in which it went on.") {
        $0.copies.isEmpty ? nil : $0.copies
      },
      .optional("redirects", "The redirects that its sender was sent.") {
        $0.redirects.isEmpty ? nil : $0.redirects
      },
    ])
}

extension Trace.End: JSONObjectValue {
  /// The packet's headers; the frame itself is for Swift.
  public static let jsonForm = JSONForm<Trace.End>(
    "end", about: "A packet at its sender or its receiver.",
    [
      .member("machine", "The machine, or outside network.") { $0.machine },
      .member("sourceMAC", "The frame's source MAC address.") { $0.sourceMAC },
      .member("destinationMAC", "The frame's destination MAC address.") { $0.destinationMAC },
      .member("timeToLive", "The packet's TTL.") { $0.timeToLive },
      .member("source", "The packet's source address.") { $0.source },
      .member("destination", "The packet's destination address.") { $0.destination },
    ])
}

extension Trace.Hop: JSONObjectValue {
  /// The element and what it did.
  public static let jsonForm = JSONForm<Trace.Hop>(
    "hop", about: "An element on the path, and what it did.",
    [
      .member("element", "The machine, host, underlay or outside network.") { $0.element },
      .member("time", "When the packet came to it, in nanoseconds.") { $0.time },
      .member("steps", "What it did, in order.") { $0.steps },
    ])
}

extension Trace.Resolution: JSONObjectValue {
  /// Question and answer.
  public static let jsonForm = JSONForm<Trace.Resolution>(
    "resolution", about: "An ARP request or neighbor solicitation, and its answer.",
    [
      .member("machine", "The machine, or host, that asked.") { $0.machine },
      .member("target", "The address that it asked for.") { $0.target },
      .member("method", "ARP or ND.") { $0.method },
      .member("answer", "The MAC address in the answer; null when none arrived.") { $0.answer },
      .member("answeredBy", "Who answered; null when nobody did.") { $0.answeredBy },
      .member("hops", "The hops of the request, then of the answer.") { $0.hops },
    ])
}
