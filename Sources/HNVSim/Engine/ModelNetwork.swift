public import HNVCore

/// What a forwarding model makes of a lab: its elements between the machines.
///
/// Guests and outside networks are the same under every model; hosts, what joins them, and the
/// devices that the model adds are its own. Hosts are joined by `Cable.uplink` to the underlay.
public protocol ModelNetwork: Sendable {
  /// What changes in a run.
  associatedtype State: ModelState

  /// The lab that was planned, with what the model added.
  var intent: Intent { get }

  /// What is wrong with the lab under this model, with places; also what the lab means and this
  /// model cannot honour.
  var diagnostics: [Diagnostic] { get }

  /// What packets can rely on under this model, as the lab sets it.
  var claims: Claims { get }

  /// What is true at the start of every run.
  func initialState() -> State

  /// Makes a host, the underlay or a device, in its cell; one for each run, whose state it shares.
  func cell(for element: ElementID, sharing state: State) -> any Cell

  /// The largest packet that a machine sends into a subnet unless its owner says otherwise.
  func mtu(of machine: Int) -> GuestMTU

  /// Whether hosts hold policy that they are told, and that one of them can miss; false unless the
  /// model says otherwise.
  var tellsHosts: Bool { get }

  /// How severe a diagnostic is under this model's settings; unchanged unless the model says
  /// otherwise.
  func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic

  /// The setting that decides whether hosts tell senders of lost packets, as `icmpErrors=sent`;
  /// `nil` unless the model has one.
  var errorSetting: String? { get }
}

extension ModelNetwork {
  /// A model whose hosts know whatever there is to know.
  public var tellsHosts: Bool { false }

  /// A model that takes diagnostics as they are.
  public func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic { diagnostic }

  /// A model without such a setting.
  public var errorSetting: String? { nil }
}

/// What changes while an experiment runs, under one model.
///
/// The elements of a run share it. What a model has no use for it leaves out: a model whose hosts
/// hold no policy cannot lose any.
public protocol ModelState: AnyObject {
  /// Tells hosts a record or a route as it should be by now, given where machines are.
  func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring)

  /// Makes hosts lose a record or a route.
  func withhold(_ item: PolicyItem, from hosts: [Int])

  /// The hosts that have joined a group on the underlay.
  func members(of group: IPAddress) -> [Int]

  /// A host has stopped.
  func stop(_ host: Int)

  /// A machine has moved.
  func move(_ machine: Int, from old: Int, to new: Int)

  /// An element has stopped or started; with a host so do the machines on it, each told by itself.
  func note(_ element: ElementID, isRunning: Bool, at time: VirtualTime)
}

extension ModelState {
  /// A model whose hosts are told nothing.
  public func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring) {}

  /// A model whose hosts are told nothing.
  public func withhold(_ item: PolicyItem, from hosts: [Int]) {}

  /// A model without groups on the underlay.
  public func members(of group: IPAddress) -> [Int] { [] }

  /// A model whose hosts remember nothing.
  public func stop(_ host: Int) {}

  /// A model that looks up where machines are.
  public func move(_ machine: Int, from old: Int, to new: Int) {}

  /// A model in which nobody watches.
  public func note(_ element: ElementID, isRunning: Bool, at time: VirtualTime) {}
}

/// The state of a model that has none of its own: what changes is where machines are, which its
/// elements learn or ask the wiring.
public final class NoState: ModelState, Sendable {
  /// Nothing.
  public init() {}
}

/// A piece of policy by what it is about.
public enum PolicyItem: Hashable, Sendable {
  /// What leads to a customer address.
  case record(IPAddress)
  /// The route to a prefix.
  case route(IPPrefix)
  /// All that a host should hold.
  case everything
}
