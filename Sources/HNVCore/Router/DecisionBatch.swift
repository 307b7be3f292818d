/// Decisions on many frames in one call, by the code that decides on one.
///
/// In a network of a million machines a decision waits for memory half a dozen times, each time
/// knowing the place only then. A batch reads ahead: for a few frames at once all ports, then all
/// records, then all receivers, so that the processor waits for them together (group prefetching:
/// Chen, Ailamaki, Gibbons and Mowry, "Improving Hash Join Performance through Prefetching", 2004,
/// with plain loads). Keep it between calls; its storage is used again.
public struct DecisionBatch: Sendable {
  /// What was decided, in the order of the frames.
  public private(set) var outcomes: [Outcome] = []

  private var ahead = [ReadAhead](repeating: ReadAhead(domain: -1), count: Self.length)
  /// A trace of what was read ahead, so that no compiler leaves it out.
  private var readAhead: UInt32 = 0

  /// What a frame says, and the port of the host that it is sent from.
  public struct Sending: Sendable {
    /// The port, by its index.
    public let port: Int
    /// The frame.
    public let frame: FrameHeader

    /// Joins a frame to its port.
    public init(_ frame: FrameHeader, from port: Int) {
      self.port = port
      self.frame = frame
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
        outcomes.append(
          router.decide(frames[place].frame, from: frames[place].port, state: state, at: now))
      }
      start = end
    }
  }

  /// As many frames as a processor has loads under way.
  private static var length: Int { 16 }
}

/// What is known of a frame before it is decided on: where the next thing is that a decision on it
/// will read.
private struct ReadAhead {
  var domain: Int
  var source = RecordIndex.Start.nowhere
  var destination = RecordIndex.Start.nowhere
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
      ahead[place] = ReadAhead(domain: subnet(ofPort: frames[place].port)?.domain ?? -1)
    }
    for place in frames.indices where ahead[place].domain >= 0 {
      let (packet, domain) = (frames[place].frame.packet, ahead[place].domain)
      ahead[place].source = router.index.start(of: packet.source, in: domain)
      ahead[place].destination = router.index.start(of: packet.destination, in: domain)
    }
    for place in frames.indices {
      sum &+= router.index.fetchAhead(ahead[place].source)
      sum &+= router.index.fetchAhead(ahead[place].destination)
    }
    for place in frames.indices {
      let host = router.index.hostRoute(
        for: frames[place].frame.packet.destination, from: ahead[place].destination)
      ahead[place].start = local.directory.start(of: host.macAddress, in: host.virtualSubnetID)
    }
    for place in frames.indices { sum &+= local.directory.read(ahead[place].start) }
    return sum
  }
}
