import HNVCore

/// What sources leave open of NSX for vSphere, or leave to whoever runs it.
struct NSXSettings: Sendable {
  let replication: NSXReplication
  let arpSuppression: ARPSuppression
  let timeToLive: NSXTimeToLive
  let routerNeighbors: NSXRouterNeighbors
  let ipv6Routing: NSXIPv6Routing
  let forgedTransmits: NSXForgedTransmits
  let promiscuousMode: NSXPromiscuousMode

  init(_ section: NSXSection, _ reader: inout SectionReader) {
    replication = reader.choice(section.replication, default: .unicast)
    arpSuppression = reader.choice(section.arpSuppression, default: .on)
    timeToLive = reader.choice(section.timeToLive, default: .decremented)
    routerNeighbors = reader.choice(section.routerNeighbors, default: .controller)
    ipv6Routing = reader.choice(section.ipv6Routing, default: .none)
    forgedTransmits = reader.choice(section.forgedTransmits, default: .rejected)
    promiscuousMode = reader.choice(section.promiscuousMode, default: .rejected)
  }
}

extension NSXSettings {
  /// Shared addresses that nobody can have, or that routers cannot find: their machines send from a
  /// virtual MAC address, are to get what is for it, and answer for it themselves.
  func sharedAddressesLeftOut(of intent: Intent) -> [Diagnostic] {
    var reasons: [String] = []
    var fixes: [String] = []
    if forgedTransmits == .rejected {
      reasons.append("a port may send only from its adapter's MAC address")
      fixes.append("forgedTransmits: \"accepted\"")
    }
    if promiscuousMode == .rejected {
      reasons.append("no port receives frames for a MAC address that no adapter has")
      fixes.append("promiscuousMode: \"accepted\"")
    }
    if routerNeighbors == .controller {
      reasons.append("the controller knows no machine with it")
      fixes.append("routerNeighbors: \"asked\"")
    }
    guard !reasons.isEmpty else { return [] }
    return intent.sharedAddressesLeftOut(
      "NSX", because: reasons.joined(separator: ", and "),
      fix: "set \(fixes.joined(separator: " and ")) in the nsx section")
  }
}

/// How a frame for many comes to the other hosts.
enum NSXReplication: String, ModelSetting {
  /// A copy for each host of the sender's own underlay network, and one for a proxy in each other
  /// network (UTEP), which copies it further.
  case unicast
  /// One packet to the group in the sender's own network, and a copy for a proxy in each other
  /// network (MTEP), which does the same there.
  case hybrid
  /// One packet to the group.
  case multicast

  static let name = "replication"
  static let about = "How broadcasts, multicasts and frames to unknown addresses reach other hosts."
  static let evidence =
    "VMware, NSX 6.4 installation guide, \"Understanding Replication Modes\". The bit by which a"
    + " sender asks a proxy for copies is not in the header here; a proxy knows a frame for many"
    + " that came from another network. Default: unicast."
}

/// What the distributed router does to the TTL.
enum NSXTimeToLive: String, ModelSetting {
  /// It takes one.
  case decremented
  /// It leaves it as it is.
  case kept

  static let name = "timeToLive"
  static let about = "What the distributed router does to the TTL."
  static let evidence =
    "Inferred: no document of NSX for vSphere says; it is presented as a router, and NSX-T's"
    + " distributed router counts packets that it drops for a low TTL. Default:"
    + " decremented."
}

/// How the distributed router finds the MAC address of a machine.
enum NSXRouterNeighbors: String, ModelSetting {
  /// The controller tells it.
  case controller
  /// It asks the segment, from the MAC address that all hosts share; between hosts the question
  /// comes from one that the sending host has alone.
  case asked

  static let name = "routerNeighbors"
  static let about = "How the distributed router finds the MAC address of a machine."
  static let evidence =
    "VMware, NSX 6.4 troubleshooting guide: it asks by broadcast, and from 6.2.4 it can take what"
    + " ARP suppression knows. IPv6 always comes from the controller. Default: controller."
}

/// Whether the distributed router has IPv6.
enum NSXIPv6Routing: String, ModelSetting {
  /// It has not: IPv6 ends at the subnet, unless a machine forwards.
  case none
  /// It routes IPv6 as it does IPv4.
  case routed

  static let name = "ipv6Routing"
  static let about = "Whether the distributed router has IPv6."
  static let evidence =
    "Inferred: VMware announced dual stack on logical routers with NSX-T 2.4 (blog, February 2019),"
    + " and no document found has it for NSX for vSphere. Default: none."
}

/// Whether machines may send from MAC addresses that are not their adapters'.
enum NSXForgedTransmits: String, ModelSetting {
  /// The switch drops such frames.
  case rejected
  /// The switch lets them pass.
  case accepted

  static let name = "forgedTransmits"
  static let about = "Whether a machine may send from a MAC address that is not its adapter's."
  static let evidence =
    "VMware, vSphere 6.5 networking guide, forged transmits; VRRP between machines needs it"
    + " accepted. Default: rejected."
}

/// Whether ports get frames to MAC addresses that no port has.
enum NSXPromiscuousMode: String, ModelSetting {
  /// A port gets only what is for its adapter.
  case rejected
  /// Every port of the segment gets what is for none.
  case accepted

  static let name = "promiscuousMode"
  static let about = "Whether ports get frames to MAC addresses that no port has."
  static let evidence =
    "VMware, vSphere 6.5 networking guide, promiscuous mode; a virtual MAC address of VRRP needs it"
    + " accepted. Default: rejected."
}
