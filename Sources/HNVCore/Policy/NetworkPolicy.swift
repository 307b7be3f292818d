/// A whole network as declared: the behaviour of its release, and the policy of each host.
///
/// The value is unchecked while it is put together; `check()` tells everything that is wrong with
/// it, and `apply(_:)` changes it only where the result has no errors.
public struct NetworkPolicy: Hashable, Sendable {
  /// How HNV behaves where releases differ or sources are silent.
  public var settings: Settings

  /// The hosts, in declared order.
  public var hosts: [Host]

  /// A hypervisor and what it has been told.
  public struct Host: Hashable, Sendable {
    /// The hypervisor's name.
    public let name: String
    /// What it has been told.
    public var policy: HostPolicy

    /// Names a host and its policy.
    public init(_ name: String, policy: HostPolicy) {
      self.name = name
      self.policy = policy
    }
  }

  /// Gathers a network.
  public init(settings: Settings = Settings(), hosts: [Host] = []) {
    self.settings = settings
    self.hosts = hosts
  }
}
