import HNVCore

extension Traceroute: JSONWritable {
  /// The route, hop by hop.
  public static let jsonForm = JSONForm<Traceroute>(
    "traceroute", about: "The route as a user of a machine sees it.",
    [
      .member("from", "Who asked.") { $0.from },
      .member("to", "Whom it asked about.") { $0.to },
      .member("destination", "The address that the probes went to.") { $0.destination },
      .member("protocol", "What was sent: icmp or udp.") { $0.ipProtocol.description },
      .member("complete", "Whether the destination replied.") { $0.isComplete },
      .member("hops", "The probes in order, the first with a TTL of 1.") { $0.hops },
    ])
}

extension Traceroute.Hop: JSONObjectValue {
  /// Who replied, the round trip, and how the test packet ended.
  public static let jsonForm = JSONForm<Traceroute.Hop>(
    "probe", about: "A probe, and what came back; without a reply, its members are null.",
    [
      .member("hop", "The probe's TTL.") { $0.number },
      .member("address", "The address that replied.") { $0.answer?.address },
      .member("machine", "The machine, or outside network, that replied.") {
        $0.answer?.machine
      },
      .member("meaning", "What the reply means.") { $0.answer?.meaning },
      .member("roundTrip", "The time from probe to reply, in nanoseconds.") {
        $0.answer?.roundTrip
      },
      .member("disposition", "How the probe ended.") { $0.trace.disposition },
      .member("silence", "Why nothing came back; null where something did.") { $0.silence },
      .member("setting", "The setting that suppressed the reply; null for none.") {
        $0.answer == nil ? $0.setting : nil
      },
    ])
}

extension Traceroute.Meaning: JSONWord {}
