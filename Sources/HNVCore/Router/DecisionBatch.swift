/// Decisions on many frames in one call, by the code that decides on one.
///
/// In a network of a million machines a decision waits for memory half a dozen times, each time
/// knowing the place only then. A batch takes each step for a few frames at once: all ports, then
/// all records, then all receivers, so that the processor waits for them together (group
/// prefetching: Chen, Ailamaki, Gibbons and Mowry, "Improving Hash Join Performance through
/// Prefetching", 2004). Keep it between calls; its storage is used again.
public struct DecisionBatch: Sendable {
  /// What was decided, in the order of the frames.
  public private(set) var outcomes: [Outcome] = []

  private var ahead = [ReadAhead](repeating: ReadAhead(subnet: -1), count: Self.length)
  /// A trace of what was read ahead, so that no compiler leaves it out.
  private var readAhead: UInt32 = 0

  /// What a frame says, and the port of the host that it is sent from.
  public struct Sending: Sendable {
    /// The port, by its index.
    public let port: Int
    /// The frame.
    public let key: FlowKey

    /// Joins a frame to its port.
    public init(_ key: FlowKey, from port: Int) {
      self.port = port
      self.key = key
    }
  }

  /// An empty batch.
  public init() {}

  /// Decides on frames that machines send, each as `HostRouter.decide` does; what one leaves behind
  /// is not applied before the next.
  ///
  /// - Complexity: O(*n*) in the number of frames.
  public mutating func decide(
    _ frames: ArraySlice<Sending>, by router: HostRouter, state: HostState, at now: UInt64
  ) {
    outcomes.removeAll(keepingCapacity: true)
    var start = frames.startIndex
    while start < frames.endIndex {
      let end = min(start + Self.length, frames.endIndex)
      readAhead &+= router.read(frames[start..<end], &ahead)
      for place in start..<end {
        let (key, port) = (frames[place].key, frames[place].port)
        let found = ahead[place - start]
        let match = router.fastMatch(key, from: port, state: state) { _ in
          (found.sender, found.receiver)
        }
        outcomes.append(
          match.map { router.outcome(key, $0) }
            ?? router.slowPath(key, from: port, state: state, at: now))
      }
      start = end
    }
  }

  /// As many frames as a processor has loads under way.
  private static var length: Int { 16 }
}

/// What has been found for a frame before it is decided on, and where the next thing is.
private struct ReadAhead {
  var subnet: Int
  var source = RecordIndex.Start.nowhere
  var destination = RecordIndex.Start.nowhere
  var sender = HostRoute.none
  var receiver = HostRoute.none
  /// Where the search for the receiver's port begins.
  var start = 0
}

extension HostRouter {
  /// Reads what decisions on frames will need, stage by stage; each stage knows where by the one
  /// before.
  ///
  /// To find out where and to read are loops of their own: loads that stand close together
  /// the processor begins all at once.
  fileprivate func read(
    _ frames: ArraySlice<DecisionBatch.Sending>, _ ahead: inout [ReadAhead]
  ) -> UInt32 {
    let frames = frames.span
    var ahead = ahead.mutableSpan
    var sum: UInt32 = 0
    for place in frames.indices { sum &+= local.ports.list(of: frames[place].port) }
    for place in frames.indices {
      // Of the frames before, and of another router, nothing holds any more.
      ahead[place] = ReadAhead(subnet: local.ports.subnet(of: frames[place].port))
    }
    for place in frames.indices where ahead[place].subnet >= 0 {
      let (key, domain) = (frames[place].key, router.subnetEntries[ahead[place].subnet].domain)
      ahead[place].source = router.index.start(of: key.source, in: domain)
      ahead[place].destination = router.index.start(of: key.destination, in: domain)
    }
    for place in frames.indices {
      sum &+= router.index.fetchAhead(ahead[place].source)
      sum &+= router.index.fetchAhead(ahead[place].destination)
    }
    for place in frames.indices where ahead[place].subnet >= 0 {
      let (key, found) = (frames[place].key, ahead[place])
      let subnet = router.subnetEntries[found.subnet].identifier
      ahead[place].sender = router.index.host(for: key.source, of: subnet, from: found.source)
      let receiver = router.index.hostRoute(for: key.destination, from: found.destination)
      ahead[place].receiver = receiver
      ahead[place].start = local.directory.start(
        of: receiver.macAddress, in: receiver.virtualSubnetID)
    }
    for place in frames.indices { sum &+= local.directory.read(ahead[place].start) }
    return sum
  }
}
