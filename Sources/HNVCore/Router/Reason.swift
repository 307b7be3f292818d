/// One step of a decision, in the order of the steps.
///
/// Only matches are recorded. Entries that were not chosen, and near misses, are looked up
/// afterwards (`notChosen(by:for:in:)`, `nearestMiss(for:in:)`, `PortFilter.notChosen`), so that
/// decisions with and without reasons are the same code and cost nearly the same.
public enum Reason: Hashable, Sendable {
  /// The port's access rules allowed the frame.
  case filtered(AccessRule.Direction, port: Int, PortFilter.Ground)
  /// The sender was checked against the record, or not at all (`nil`, by setting).
  case sourceChecked(IPAddress, MACAddress, record: Int?)
  /// The frame goes to a port of its own host and subnet by MAC alone, by setting.
  case bridged(MACAddress)
  /// The destination was looked up in the table of a routing domain.
  case routed(IPAddress, RoutingDomainID, RouteEntry)
  /// An address was resolved by a record.
  case resolved(IPAddress, VirtualSubnetID, record: Int)
  /// The frame within a subnet bore another MAC than the record's, which is written over it.
  case foreignMAC(sent: MACAddress, record: Int)
  /// The packet changes subnet.
  case crossed(from: VirtualSubnetID, to: VirtualSubnetID)
  /// Copies go to ports here and to other hosts; `record` maps the group to a provider group.
  case flooded(MACAddress, VirtualSubnetID, record: Int?)
  /// The host learned, or already knew, that an L2Only machine has an address.
  case learned(IPAddress, record: Int)
  /// The receiver found the customer source among its records, or takes it by setting (`nil`).
  case sourceKnown(IPAddress, record: Int?)
  /// A tunnel packet's inner frame was matched to a record.
  case received(MACAddress, VirtualSubnetID, record: Int)
  /// The host answers for a neighbour, or passes the question on to it.
  case neighbor(IPAddress, record: Int)
}

/// Takes down the reasons of a decision, or does not.
public protocol DecisionRecorder {
  /// Takes a reason down; a recorder that does not want it never evaluates it.
  mutating func note(_ reason: @autoclosure () -> Reason)
}

/// Takes down nothing: the plain decision.
public struct NoReasons: DecisionRecorder, Sendable {
  /// Creates the empty recorder.
  public init() {}

  /// Does nothing.
  @inlinable public mutating func note(_ reason: @autoclosure () -> Reason) {}
}

/// Takes down every reason.
public struct Reasons: DecisionRecorder, Sendable {
  /// The reasons, in the order of the decision.
  public private(set) var all: [Reason] = []

  /// Creates an empty list, with room for what most decisions note.
  public init() { all.reserveCapacity(6) }

  /// Appends a reason.
  @inline(__always)
  public mutating func note(_ reason: @autoclosure () -> Reason) { all.append(reason()) }
}
