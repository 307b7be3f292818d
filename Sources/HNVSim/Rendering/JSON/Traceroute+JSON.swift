import HNVCore

extension Traceroute: Encodable {
  /// Encodes the way, hop by hop.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "from": from, "to": to, "destination": "\(destination)", "protocol": "\(ipProtocol)",
      "complete": isComplete, "hops": hops,
    ])
  }
}

extension Traceroute.Hop: Encodable {
  /// Encodes who answered, the round trip, and how the probe ended; `silence` says why nothing came
  /// back.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeObject([
      "hop": number, "address": answer.map { "\($0.address)" }, "machine": answer?.machine,
      "meaning": answer?.meaning.rawValue, "roundTrip": answer?.roundTrip,
      "disposition": trace.disposition, "silence": silence,
      "setting": answer == nil ? setting : nil,
    ])
  }
}
