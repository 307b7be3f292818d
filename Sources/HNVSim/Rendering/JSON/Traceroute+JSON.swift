import HNVCore

/// The JSON of a traceroute. Scripts rely on its keys; those that may be missing are `null`.
extension Traceroute: Encodable {
  private enum Key: String, CodingKey {
    case from, to, destination, ipProtocol = "protocol", complete, hops
  }

  /// Writes the way, hop by hop.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(from, forKey: .from)
    try object.encode(to, forKey: .to)
    try object.encode("\(destination)", forKey: .destination)
    try object.encode("\(ipProtocol)", forKey: .ipProtocol)
    try object.encode(isComplete, forKey: .complete)
    try object.encode(hops, forKey: .hops)
  }
}

extension Traceroute.Hop: Encodable {
  private enum Key: String, CodingKey {
    case hop, address, machine, meaning, roundTrip, disposition, silence, setting
  }

  /// Writes who answered, the round trip in nanoseconds, and how the probe ended; why nothing came
  /// back stands in `silence`.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(number, forKey: .hop)
    try object.encode(answer.map { "\($0.address)" }, forKey: .address)
    try object.encode(answer?.machine, forKey: .machine)
    try object.encode(answer?.meaning.rawValue, forKey: .meaning)
    try object.encode(answer?.roundTrip.nanoseconds, forKey: .roundTrip)
    try object.encode(trace.disposition.rawValue, forKey: .disposition)
    try object.encode(silence, forKey: .silence)
    try object.encode(answer == nil ? setting : nil, forKey: .setting)
  }
}
