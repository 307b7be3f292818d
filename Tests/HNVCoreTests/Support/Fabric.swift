import HNVCore
import Testing

/// Hosts on an underlay that delivers everything at once: the shortest simulator.
struct Fabric {
  let hosts: [HostRouter]

  init(_ policy: NetworkPolicy) {
    hosts = policy.hosts.map {
      HostRouter(
        name: $0.name, policy: $0.policy,
        router: DistributedRouter($0.policy.forwarding, settings: policy.settings))
    }
  }

  /// What became of a frame.
  struct Journey {
    /// The decision of the sender's host.
    let decision: Decision
    /// The tunnel it went through; `nil` within a host.
    var tunnel: Tunnel?
    /// The frame at its receiver, and who that is; `nil` when it did not arrive.
    var arrival: (frame: EthernetFrame, machine: String)?
    /// Why it did not arrive, on either host.
    var refusal: Refusal?
  }

  func send(_ frame: EthernetFrame, from machine: Article.Machine) throws -> Journey {
    let sender = hosts[machine.host]
    let port = try #require(sender.port(for: machine.macAddress, in: machine.subnet))
    let decision = sender.decide(frame, from: port)
    var journey = Journey(decision: decision)
    switch decision {
    case .deliver(let port, let rewrite):
      journey.arrival = (rewrite.applied(to: frame), sender.ports[port].vmName)
    case .encapsulate(let tunnel, let rewrite):
      journey.tunnel = tunnel
      let inner = rewrite.applied(to: frame)
      let receiver = try #require(hosts.first { $0.owns(tunnel.destination) })
      switch receiver.receive(inner, in: tunnel.virtualSubnetID, at: tunnel.destination) {
      case .deliver(let port, let rewrite):
        journey.arrival = (rewrite.applied(to: inner), receiver.ports[port].vmName)
      case .refuse(let refusal): journey.refusal = refusal
      case .encapsulate, .answer, .bypass: Issue.record("a receiver only delivers or refuses")
      }
    case .refuse(let refusal): journey.refusal = refusal
    case .answer, .bypass: break
    }
    return journey
  }
}

extension HostRouter {
  /// The decision without reasons, after making sure that reasons do not change it, for a host
  /// that no packet has passed before.
  func decide(_ frame: EthernetFrame, from port: Int) -> Decision {
    outcome(frame, from: port).decision
  }

  func receive(_ frame: EthernetFrame, in subnet: VirtualSubnetID, at provider: IPAddress)
    -> Decision
  {
    outcome(frame, in: subnet, at: provider).decision
  }

  /// The answer, with what the frame leaves behind.
  func outcome(
    _ frame: EthernetFrame, from port: Int, state: HostState = HostState(), now: UInt64 = 0
  ) -> Outcome {
    var (nothing, reasons) = (NoReasons(), Reasons())
    let outcome = decide(frame, from: port, state: state, at: now, recording: &nothing)
    #expect(decide(frame, from: port, state: state, at: now, recording: &reasons) == outcome)
    return outcome
  }

  func outcome(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, at provider: IPAddress,
    state: HostState = HostState(), now: UInt64 = 0
  ) -> Outcome {
    var (nothing, reasons) = (NoReasons(), Reasons())
    let outcome = receive(
      frame, in: subnet, at: provider, state: state, at: now, recording: &nothing)
    #expect(
      receive(frame, in: subnet, at: provider, state: state, at: now, recording: &reasons)
        == outcome)
    return outcome
  }

  /// The reasons of a decision.
  func reasons(_ frame: EthernetFrame, from port: Int, state: HostState = HostState()) -> [Reason] {
    var reasons = Reasons()
    _ = decide(frame, from: port, state: state, at: 0, recording: &reasons)
    return reasons.all
  }
}
