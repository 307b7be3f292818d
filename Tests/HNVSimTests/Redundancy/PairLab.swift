import HNVCore

@testable import HNVSim

/// Two machines that share an address by VRRP on the wire of an outside network, and a client
/// there.
enum PairLab {
  static let sharedAddress = "203.0.113.254"
  static let number: UInt8 = 7
  /// The priorities of R1 and R2.
  static let priorities: [UInt64] = [200, 100]

  static func lab(
    preempts: Bool = true, accepts: Bool = true, usesVirtualMAC: Bool = true,
    _ change: (inout Lab) -> Void = { _ in }
  ) -> Lab {
    SmallLab.lab { lab in
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      for (index, priority) in priorities.enumerated() {
        lab.gateway("R\(index + 1)", on: "hv\(index + 1)") { machine in
          machine.interface(outside: "internet", "203.0.113.\(index + 2)")
          machine.virtualRouter(
            UInt64(number), sharedAddress, priority: priority, preempts: preempts,
            accepts: accepts, usesVirtualMAC: usesVirtualMAC)
          machine.gateways = [SmallLab.written("203.0.113.1")]
        }
      }
      lab.gateway("C", on: "hv3") { $0.interface(outside: "internet", "203.0.113.50") }
      change(&lab)
    }
  }

  static func fabric(
    preempts: Bool = true, accepts: Bool = true, usesVirtualMAC: Bool = true,
    _ change: (inout Lab) -> Void = { _ in }
  ) throws(Diagnostics) -> Fabric {
    try Fabric(
      lab(preempts: preempts, accepts: accepts, usesVirtualMAC: usesVirtualMAC, change))
  }

  /// RFC 9568, section 6.1: three intervals of a second and (256 - priority) / 256 of one.
  static func activeDownInterval(_ priority: UInt64) -> VirtualTime {
    VirtualTime(nanoseconds: 3_000_000_000 + (256 - priority) * 1_000_000_000 / 256)
  }

  static func milliseconds(_ count: UInt64) -> VirtualTime {
    VirtualTime(nanoseconds: count * 1_000_000)
  }
}

/// A run in which somebody listens to what machines announce.
struct Listening {
  struct Heard {
    let sender: String
    let time: VirtualTime
    let frame: EthernetFrame
  }

  let simulation: Simulation
  let intent: Intent
  private let log = Log()

  private final class Log {
    var passages: [FrameInTransit] = []
  }

  init(_ fabric: Fabric) {
    simulation = Simulation(fabric.network, keepingSteps: true)
    intent = fabric.network.intent
    let log = log
    simulation.world.tap = { log.passages.append($0) }
  }

  /// Stops and starts machines at their times, and runs until a last time.
  func run(
    until end: VirtualTime, stop: [(String, VirtualTime)] = [],
    start: [(String, VirtualTime)] = []
  ) {
    let stops = stop.map { (Timeline.Action.stop(intent.elements[$0.0] ?? .underlay), $0.1) }
    let starts = start.map { (Timeline.Action.start(intent.elements[$0.0] ?? .underlay), $0.1) }
    let actions = stops + starts
    for (number, action) in actions.enumerated() {
      simulation.schedule(number, at: action.1)
    }
    simulation.schedule(-1, at: end)
    simulation.run { number in
      if actions.indices.contains(number) { simulation.perform(actions[number].0) }
    }
  }

  /// The frames that machines put on their own cables.
  var frames: [Heard] {
    log.passages.compactMap { frameInTransit in
      guard case .machine = frameInTransit.sender else { return nil }
      return Heard(
        sender: intent.name(frameInTransit.sender), time: frameInTransit.sent,
        frame: frameInTransit.frame)
    }
  }

  var advertisements: [(Heard, VRRPAdvertisement)] {
    frames.compactMap { heard in
      guard case .vrrp(let advertisement)? = heard.frame.packet?.transport else { return nil }
      return (heard, advertisement)
    }
  }

  /// What machines say of themselves to everyone.
  var gratuitous: [(Heard, ARPMessage)] {
    frames.compactMap { heard in
      guard case .arp(let message) = heard.frame.payload,
        message.senderAddress == message.targetAddress
      else { return nil }
      return (heard, message)
    }
  }

  /// How what machines announced ended, by who announced it.
  func endings(of sender: String) -> Set<Disposition> {
    Set(
      simulation.journal.journeys.filter {
        $0.purpose == .announcement
          && intent.name(simulation.journal.hops[$0.firstHop].element) == sender
      }.compactMap { $0.ending?.disposition })
  }
}
