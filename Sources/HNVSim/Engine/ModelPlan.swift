package import HNVCore

/// What a forwarding model makes of a lab: its boxes between the machines.
///
/// Guests and outside networks are the same under every model; hosts and what joins them are the
/// model's own.
package protocol ModelPlan: Sendable {
  /// The lab that was planned.
  var intent: Intent { get }

  /// What is wrong with the lab under this model, with places.
  var faults: [Fault] { get }

  /// What is true at the start of every run.
  func initialState() -> any ModelState

  /// Makes the box of a host or of the underlay.
  func box(for element: ElementID) -> any Box

  /// The largest packet that a machine sends into a subnet unless its owner says otherwise.
  func mtu(of machine: Int) -> GuestMTU
}

/// What changes while an experiment runs, under one model.
package protocol ModelState: Sendable {
  /// Tells hosts a record or a route as it should be by now, given where machines are.
  mutating func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring)

  /// Makes hosts lose a record or a route.
  mutating func withhold(_ item: PolicyItem, from hosts: [Int])

  /// The hosts that have joined a group on the underlay.
  func members(of group: IPAddress) -> [Int]

  /// A host has stopped.
  mutating func stop(_ host: Int)

  /// A machine has moved.
  mutating func move(_ machine: Int, from old: Int, to new: Int)
}

/// A piece of policy by what it is about.
package enum PolicyItem: Hashable, Sendable {
  /// What leads to a customer address.
  case record(IPAddress)
  /// The route to a prefix.
  case route(IPPrefix)
  /// All that a host should hold.
  case everything
}
