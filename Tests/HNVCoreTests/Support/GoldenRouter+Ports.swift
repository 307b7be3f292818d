@testable import HNVCore

/// The ports of the host, and their access rules.
extension GoldenRouter {
  func same(_ frame: EthernetFrame) -> Rewrite {
    Rewrite(destinationMAC: frame.destination, sourceMAC: frame.source, timeToLiveCost: 0)
  }

  func ports(in subnet: VirtualSubnetID) -> [Int] {
    host.ports.indices.filter { host.ports[$0].virtualSubnetID == subnet }
  }

  func port(_ mac: MACAddress, _ subnet: VirtualSubnetID) -> Int? {
    host.ports.firstIndex { $0.macAddress == mac && $0.virtualSubnetID == subnet }
  }

  func port(of record: LookupRecord) throws(Refusal) -> Int {
    guard let port = port(record.macAddress, record.virtualSubnetID) else {
      throw .noPort(record.macAddress, record.virtualSubnetID)
    }
    return port
  }

  /// Under 2012 the switch hands a frame to a port of its subnet by MAC alone.
  func bridged(_ frame: EthernetFrame, _ origin: Origin) -> Int? {
    guard settings.sameHost == .bridged,
      let other = port(frame.destination, origin.subnet), other != origin.port
    else { return nil }
    return other
  }

  /// Gives a frame to a port, past its inbound rules, which do not see address resolution.
  func deliver(_ frame: EthernetFrame, to port: Int, _ rewrite: Rewrite) -> Decision {
    if let packet = ruled(frame), let denied = denied(packet, .inbound, port) {
      return .refuse(denied)
    }
    return .deliver(port: port, rewrite)
  }

  /// The packet that access rules are asked about: by setting, not address resolution.
  func ruled(_ frame: EthernetFrame) -> IPPacket? {
    NeighborTalk(frame) != nil && settings.neighborFiltering == .exempt ? nil : frame.packet
  }

  func denied(
    _ packet: IPPacket, _ direction: AccessRule.Direction, _ port: Int
  ) -> Refusal? {
    let rules = host.ports[port].accessRules.filter { $0.direction == direction }
    let matching = rules.filter { $0.matches(packet) }
    guard let deciding = matching.max(by: { $0.weight < $1.weight }), deciding.action == .deny
    else { return nil }
    let heavier = rules.filter { $0.weight > deciding.weight }
    return .denied(direction, port: port, .extended(heavier.count))
  }
}
