import HNVCore

/// Two NAT instances that watch each other (Amazon, "High Availability for Amazon VPC NAT
/// Instances").
struct NATFailover: Hashable, Sendable {
  /// The two machines.
  let instances: [Int]
  /// The pings of a round.
  let pings: UInt64
  /// How long the answer to a round's last ping is awaited.
  let timeout: VirtualTime
  /// The time between two rounds.
  let interval: VirtualTime
  /// The time from the API's call until the route has changed.
  let apiDelay: VirtualTime

  /// The time between two pings of a round: what `ping` takes unless told otherwise.
  private static let spacing = VirtualTime.seconds(1)

  /// From a round's first ping to its last.
  private var span: VirtualTime {
    VirtualTime(nanoseconds: (max(pings, 1) - 1) * Self.spacing.nanoseconds)
  }

  /// When an instance knows that the other is down: at the end of the first round of which no ping
  /// was answered.
  ///
  /// `time` is when the other stopped; `start` is when the rounds began, which follow one another
  /// while pings are answered.
  func detection(ofStopAt time: VirtualTime, roundsFrom start: VirtualTime) -> VirtualTime {
    guard time > start else { return start + span + timeout }
    // Rounds without a pause between them follow one another at once.
    let period = max((span + interval).nanoseconds, 1)
    // The round that is under way at that time, or was the last.
    let count = (time.nanoseconds - start.nanoseconds) / period
    var round = VirtualTime(nanoseconds: start.nanoseconds + count * period)
    if time > round {
      let end = round + span
      // Of a round whose last ping is lost the timeout passes as well.
      round = (time <= end ? end + timeout : end) + interval
    }
    return round + span + timeout
  }

  /// The other of the two.
  func partner(of instance: Int) -> Int? {
    instances.contains(instance) ? instances.first { $0 != instance } : nil
  }
}

/// Whose the default routes of watched NAT instances are by now.
final class VPCState: ModelState {
  private let pairs: [NATFailover]
  private var changes: [Int: [Change]] = [:]
  /// Since when each instance runs, or does not.
  private var since: [Int: VirtualTime] = [:]
  private var stopped: Set<Int> = []

  /// Routes that come to point to another instance.
  private struct Change {
    /// When the API was called.
    let decided: VirtualTime
    /// From when on the routes point there.
    let time: VirtualTime
    let holder: Int
  }

  init(_ pairs: [NATFailover]) { self.pairs = pairs }

  /// The instance to which another's default routes lead at a time; itself unless the other of its
  /// pair has taken them over.
  func holder(of instance: Int, at now: VirtualTime) -> Int {
    changes[instance]?.last { $0.time <= now }?.holder ?? instance
  }

  func note(_ element: ElementID, isRunning: Bool, at time: VirtualTime) {
    guard case .machine(let instance) = element else { return }
    for pair in pairs {
      guard let partner = pair.partner(of: instance) else { continue }
      if isRunning {
        start(instance, beside: partner, of: pair, at: time)
      } else {
        stop(instance, beside: partner, of: pair, at: time)
      }
    }
    since[instance] = time
    if isRunning { stopped.remove(instance) } else { stopped.insert(instance) }
  }

  private func stop(
    _ instance: Int, beside partner: Int, of pair: NATFailover, at time: VirtualTime
  ) {
    // What it had yet to notice of the other, it does not.
    changes[partner]?.removeAll { $0.decided > time && $0.holder == instance }
    guard !stopped.contains(partner) else { return }
    take(over: instance, by: partner, of: pair, stoppedAt: time)
  }

  private func start(
    _ instance: Int, beside partner: Int, of pair: NATFailover, at time: VirtualTime
  ) {
    changes[instance]?.removeAll { $0.decided > time }
    // On its start an instance calls the API for its own routes.
    changes[instance, default: []].append(
      Change(decided: time, time: time + pair.apiDelay, holder: instance))
    guard stopped.contains(partner) else { return }
    since[instance] = time
    take(over: partner, by: instance, of: pair, stoppedAt: since[partner] ?? .zero)
  }

  private func take(
    over instance: Int, by partner: Int, of pair: NATFailover, stoppedAt time: VirtualTime
  ) {
    // Rounds restart when either instance starts.
    let begun = stopped.contains(instance) ? VirtualTime.zero : since[instance] ?? .zero
    let detected = pair.detection(
      ofStopAt: time, roundsFrom: max(since[partner] ?? .zero, begun))
    changes[instance, default: []].append(
      Change(decided: detected, time: detected + pair.apiDelay, holder: partner))
  }
}
