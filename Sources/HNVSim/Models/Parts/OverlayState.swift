import HNVCore

/// What changes under an overlay that encapsulates frames: where machines are by now, and the flows
/// that the filters of their adapters have let pass.
final class OverlayState: ModelState {
  private let segments: Segments
  private let adapters: AdapterDirectory
  private let keepsFlows: Bool
  private var hosts: [Int]
  /// The flows by machine.
  var flows: [Int: FlowTable] = [:]

  /// `keepsFlows` tells whether flows follow a machine that moves.
  init(_ intent: Intent, _ segments: Segments, _ adapters: AdapterDirectory, keepsFlows: Bool) {
    self.segments = segments
    self.adapters = adapters
    self.keepsFlows = keepsFlows
    hosts = intent.machines.map(\.host)
  }

  /// The hosts with a machine in a subnet, in declared order.
  func members(of subnet: Int) -> [Int] {
    Set(adapters.adapters(in: subnet).map { hosts[$0.machine] }).sorted()
  }

  /// The hosts with a machine in a subnet that the group stands for: they have joined it by IGMP
  /// or MLD (RFC 7348, section 4.2).
  func members(of group: IPAddress) -> [Int] {
    Set(segments.subnets(of: group).flatMap { members(of: $0) }).sorted()
  }

  func stop(_ host: Int) {
    for machine in hosts.indices where hosts[machine] == host { flows[machine] = nil }
  }

  func move(_ machine: Int, from old: Int, to new: Int) {
    hosts[machine] = new
    if !keepsFlows { flows[machine] = nil }
  }
}
