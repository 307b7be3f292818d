import HNVCore

/// A VLAN of the lab: every subnet has one of its own.
struct VLAN: Hashable, Sendable, CustomStringConvertible {
  /// Its number, as trunks tag it.
  let number: UInt16
  /// Its subnet, by the subnet's position in the intent.
  let subnet: Int

  var description: String { "VLAN \(number)" }
}

/// What the switches of a lab are set up with: the same for all, and for as long as a run lasts.
struct VLANLayout: Sendable {
  /// Where a list stands on the layer-3 switch.
  struct Place: Hashable, Sendable {
    enum Kind: String, Sendable, CaseIterable { case vlan, svi }
    enum Direction: String, Sendable, CaseIterable { case `in`, out }

    let kind: Kind
    let direction: Direction
    let subnet: Int
  }

  let directory: AdapterDirectory
  /// The largest packet that the layer-3 switch carries and routes, in bytes.
  let mtu: Int
  /// The VLAN of each subnet; `nil` where there are no more.
  var vlans: [VLAN?] = []
  private(set) var byNumber: [UInt16: VLAN] = [:]
  var lists: [Place: AccessList] = [:]
  /// The access rules of adapters' ports.
  var ports: [Cable: AccessList] = [:]
  var redirects = RedirectRule.rfc1812
  var proxyARP = ProxyARP.off
  var localProxyARP = LocalProxyARP.off
  var moves = MoveAnnouncement.announced

  init(_ intent: Intent) {
    directory = AdapterDirectory(intent)
    mtu = intent.room(less: 0)
    vlans = Array(repeating: nil, count: intent.subnets.count)
  }

  /// Gives a subnet a VLAN.
  mutating func assign(_ number: UInt16, to subnet: Int) {
    let vlan = VLAN(number: number, subnet: subnet)
    vlans[subnet] = vlan
    byNumber[number] = vlan
  }

  /// What the router of the layer-3 switch stands in for; `nil` for nothing.
  var proxy: NeighborProxy? {
    if localProxyARP == .on { return NeighborProxy(isLocal: true, setting: localProxyARP.text) }
    return proxyARP == .on ? NeighborProxy(isLocal: false, setting: proxyARP.text) : nil
  }

  /// Whether the lists at a place let a frame pass; one that they do not is lost here.
  func lets(
    _ packet: PacketID, _ direction: Place.Direction, _ kind: Place.Kind, of subnet: Int,
    in world: inout World
  ) -> Bool {
    guard let list = lists[Place(kind: kind, direction: direction, subnet: subnet)]
    else { return true }
    var noFlows = FlowTable()
    return list.passes(
      packet, direction == .in ? .outbound : .inbound, &noFlows, in: &world)
  }
}
