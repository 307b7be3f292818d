/// One behaviour that can be chosen, with its evidence: what every setting's enum says of itself.
public protocol Choice: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The setting's name in lab files, traces and documentation.
  static var name: String { get }

  /// What is chosen, in one sentence.
  static var about: String { get }

  /// What the sources say of it.
  static var evidence: String { get }
}

extension Choice {
  /// `name=value`, as a trace writes it.
  public var text: String { "\(Self.name)=\(rawValue)" }
}

/// A setting as data, for readers of lab files and for the documentation.
public struct SettingDescription: Sendable {
  /// The setting's name.
  public let name: String
  /// The values it takes.
  public let values: [String]
  /// What is chosen, in one sentence.
  public let about: String
  /// What the sources say of it.
  public let evidence: String
  /// The value in a set of settings.
  public let read: @Sendable (Settings) -> String
  /// Sets the value; `false`, and no change, when the setting has no such value.
  public let write: @Sendable (inout Settings, String) -> Bool

  init<Value: Choice>(
    _ read: @escaping @Sendable (Settings) -> Value,
    _ write: @escaping @Sendable (inout Settings, Value) -> Void
  ) {
    var values: [String] = []
    for value in Value.allCases { values.append(value.rawValue) }
    name = Value.name
    self.values = values
    about = Value.about
    evidence = Value.evidence
    self.read = { read($0).rawValue }
    self.write = { settings, text in
      guard let value = Value(rawValue: text) else { return false }
      write(&settings, value)
      return true
    }
  }
}

extension Settings {
  /// Every setting, in the order of `Settings`.
  public static let descriptions: [SettingDescription] = [
    SettingDescription({ $0.recordPrecedence }, { $0.recordPrecedence = $1 }),
    SettingDescription({ $0.timeToLive }, { $0.timeToLive = $1 }),
    SettingDescription({ $0.sourceMAC }, { $0.sourceMAC = $1 }),
    SettingDescription({ $0.foreignMAC }, { $0.foreignMAC = $1 }),
    SettingDescription({ $0.sourceValidation }, { $0.sourceValidation = $1 }),
    SettingDescription({ $0.neighborProxy }, { $0.neighborProxy = $1 }),
    SettingDescription({ $0.policyChecks }, { $0.policyChecks = $1 }),
    SettingDescription({ $0.externalGateway }, { $0.externalGateway = $1 }),
    SettingDescription({ $0.sameHost }, { $0.sameHost = $1 }),
    SettingDescription({ $0.encapsulation }, { $0.encapsulation = $1 }),
    SettingDescription({ $0.nextHopAnswer }, { $0.nextHopAnswer = $1 }),
    SettingDescription({ $0.accessLists }, { $0.accessLists = $1 }),
    SettingDescription({ $0.neighborFiltering }, { $0.neighborFiltering = $1 }),
    SettingDescription({ $0.metricTie }, { $0.metricTie = $1 }),
    SettingDescription({ $0.wildcardScope }, { $0.wildcardScope = $1 }),
    SettingDescription({ $0.wildcardUse }, { $0.wildcardUse = $1 }),
    SettingDescription({ $0.externalRouter }, { $0.externalRouter = $1 }),
    SettingDescription({ $0.untranslated }, { $0.untranslated = $1 }),
    SettingDescription({ $0.receiverValidation }, { $0.receiverValidation = $1 }),
    SettingDescription({ $0.sourceProviderAddress }, { $0.sourceProviderAddress = $1 }),
    SettingDescription({ $0.controlMessages }, { $0.controlMessages = $1 }),
    SettingDescription({ $0.hostRestart }, { $0.hostRestart = $1 }),
    SettingDescription({ $0.groups }, { $0.groups = $1 }),
    SettingDescription({ $0.subnetBroadcast }, { $0.subnetBroadcast = $1 }),
    SettingDescription({ $0.unknownNeighbor }, { $0.unknownNeighbor = $1 }),
    SettingDescription({ $0.learning }, { $0.learning = $1 }),
    SettingDescription({ $0.learnedAgeing }, { $0.learnedAgeing = $1 }),
    SettingDescription({ $0.learnedConflict }, { $0.learnedConflict = $1 }),
    SettingDescription({ $0.gratuitousARP }, { $0.gratuitousARP = $1 }),
    SettingDescription({ $0.gatewayEcho }, { $0.gatewayEcho = $1 }),
    SettingDescription({ $0.icmpErrors }, { $0.icmpErrors = $1 }),
    SettingDescription({ $0.flowID }, { $0.flowID = $1 }),
    SettingDescription({ $0.outerDSCP }, { $0.outerDSCP = $1 }),
    SettingDescription({ $0.outerDontFragment }, { $0.outerDontFragment = $1 }),
    SettingDescription({ $0.guestMTU }, { $0.guestMTU = $1 }),
  ]
}
