extension Claims {
  /// A claim in words.
  public struct Row: Hashable, Sendable {
    /// What it is about.
    public let subject: String
    /// What is claimed.
    public let text: String
    /// How sure it is.
    public let grade: ClaimGrade
    /// Who says so.
    public let source: String
  }

  /// All claims in words, in the order of the documentation's table.
  public var rows: [Row] {
    [
      Self.row("ARP and ND are answered by", resolution, \.rawValue),
      Self.row("within a subnet", withinSubnet, \.text),
      Self.row("between subnets", betweenSubnets, \.text),
      Self.row("a frame is delivered by its", delivery, \.rawValue),
      Self.row("the route table is", routeTable, \.rawValue),
      Self.row("rules apply at", filters, \.text),
      Self.row("broadcasts and unknown MAC addresses are", flooding, \.rawValue),
      Self.row("between hosts", encapsulation, \.text),
      Self.row("a machine as a neighbour's gateway, set in the guest", guestGateway, \.rawValue),
      Self.row(
        "a route whose next hop is in the senders' subnet", sameSubnetNextHop, \.rawValue),
    ]
  }

  private static func row<Value>(
    _ subject: String, _ claim: Claim<Value>, _ words: (Value) -> String
  ) -> Row {
    Row(subject: subject, text: words(claim.value), grade: claim.grade, source: claim.source)
  }
}

extension Claims.Treatment {
  /// `MAC addresses kept, TTL kept`.
  public var text: String {
    let addresses =
      switch macAddresses {
      case .kept: "MAC addresses kept"
      case .destinationRewritten: "destination MAC address rewritten"
      case .bothRewritten: "both MAC addresses rewritten"
      }
    return "\(addresses), TTL" + (decrementsTimeToLive ? " decremented" : " kept")
  }
}

extension Claims.Filters {
  /// The places, and which of them packets within a subnet meet.
  public var text: String {
    guard !points.isEmpty else { return "nothing" }
    let all = points.joined(separator: ", ")
    if points == withinSubnet { return "\(all); within a subnet as well" }
    let within = withinSubnet.isEmpty ? "none" : withinSubnet.joined(separator: ", ")
    return "\(all); within a subnet \(within)"
  }
}

extension Claims.Encapsulation {
  /// `VXLAN, 50 bytes`.
  public var text: String {
    guard let overhead else { return name }
    return overhead == 0 ? name : "\(name), \(overhead) bytes"
  }
}
