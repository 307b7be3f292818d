import HNVCore

/// A question to the article's network whose answer a setting decides, and the answer under each of
/// its values.
struct SettingScenario: Sendable {
  /// The setting, as lab files name it.
  let setting: String
  /// What is seen under each value.
  let expected: [String: String]
  /// The families in which the values differ.
  var families = IPFamily.allCases
  /// Puts the question to the network, which has the value.
  let observe: @Sendable (Article) throws -> String

  init(
    _ setting: String, _ expected: [String: String], in families: [IPFamily] = IPFamily.allCases,
    _ observe: @escaping @Sendable (Article) throws -> String
  ) {
    self.setting = setting
    self.expected = expected
    self.families = families
    self.observe = observe
  }

  /// Those that no router reads: what they change is seen in the simulator alone.
  static let simulated: Set<String> = [
    "hostRestart", "guestMTU", "accessLists", "neighborFiltering", "policyChecks",
  ]

  static let all = lookups + neighbors + groups + receivers + headers
}

extension SettingScenario {
  /// Sends a frame from A, or from another machine, after something was told to all hosts.
  static func send(
    _ article: Article, _ frame: EthernetFrame, from sender: Article.Machine? = nil,
    telling change: (inout ForwardingPolicy) throws -> Void = { _ in }
  ) throws -> InstantNetwork.Journey {
    var policy = try article.policy()
    try policy.tellAll(change)
    return try InstantNetwork(policy).send(frame, from: sender ?? article.a)
  }

  /// A frame from A by way of its gateway address.
  static func frame(_ article: Article, to destination: IPAddress) throws -> EthernetFrame {
    try article.frame(
      from: article.a, to: destination, mac: article.gatewayMAC(of: article.clients))
  }
}

extension InstantNetwork.Journey {
  /// Who got the frame; else why nobody did, or what the host did with it.
  var words: String {
    if !machines.isEmpty { return machines.joined(separator: ", ") }
    return outcomes.first ?? ""
  }

  private var outcomes: [String] {
    if let refusal { return Outcome(.refuse(refusal)).kinds }
    return Outcome(decision).kinds
  }
}
