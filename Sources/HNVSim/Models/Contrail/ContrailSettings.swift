import HNVCore

/// What a lab sets of the vRouter, read.
struct ContrailSettings: Sendable {
  var era = Era.bridging
  var encapsulation = Encapsulation.mplsOverGRE
  var labelTimeToLive = LabelTimeToLive.copied
  var ipv6HopLimit = HopLimit.kept
  /// What each network has, by its position in the intent.
  var networks: [Network] = []

  /// What may differ from network to network.
  struct Network: Hashable, Sendable {
    var mode = Mode.bridgingAndRouting
    var rpf = Toggle.on
    var floodUnknownUnicast = Toggle.off
  }

  /// The vRouter by the date of its source code.
  enum Era: String, Word {
    case routing = "2013"
    case bridging = "2014-11"
  }

  /// What a virtual network does with its packets.
  enum Mode: String, Word {
    case bridgingAndRouting = "l2_l3"
    case bridging = "l2"
    case routing = "l3"
  }

  enum Encapsulation: String, Word {
    case mplsOverGRE = "MPLSoGRE"
    case mplsOverUDP = "MPLSoUDP"
    case vxlan = "VXLAN"
  }

  enum Toggle: String, Word {
    case on
    case off
  }

  enum LabelTimeToLive: String, Word {
    case copied
    case constant
  }

  enum HopLimit: String, Word {
    case kept
    case decremented
  }

  /// A setting that decides what becomes of a packet.
  enum Decision: CustomStringConvertible {
    case era(Era)
    case mode(Mode)
    case ipv6HopLimit(HopLimit)

    /// The setting in a trace's words.
    var description: String {
      switch self {
      case .era(let era): "era=\(era.rawValue)"
      case .mode(let mode): "mode=\(mode.rawValue)"
      case .ipv6HopLimit(let limit): "ipv6HopLimit=\(limit.rawValue)"
      }
    }
  }

  /// A choice by the words of lab files.
  protocol Word: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}
}

extension ContrailSettings.Word {
  static var texts: [String] { allCases.map(\.rawValue) }
}

extension ContrailSettings {
  /// How a network treats a packet of a family that is no broadcast.
  func mode(ofNetwork network: Int, _ family: IPFamily) -> Mode {
    switch era {
    case .bridging: networks[network].mode
    // The Contrail documents on EVPN: IPv4 by the IP table, and all else by the MAC table.
    case .routing: family == .v4 ? .routing : .bridging
    }
  }

  /// The setting that decides how a network treats a packet.
  func decision(ofNetwork network: Int) -> Decision {
    era == .routing ? .era(era) : .mode(networks[network].mode)
  }

  /// Whether routing takes one from the TTL of a family's packets.
  func decrementsTimeToLive(of family: IPFamily) -> Bool {
    era == .bridging && (family == .v4 || ipv6HopLimit == .decremented)
  }

  /// The setting that decides about the TTL of a family's packets.
  func timeToLiveDecision(_ family: IPFamily) -> Decision {
    era == .bridging && family == .v6 ? .ipv6HopLimit(ipv6HopLimit) : .era(era)
  }
}
