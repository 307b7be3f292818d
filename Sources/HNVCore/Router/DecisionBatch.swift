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
      readAhead &+= router.read(frames, start..<end)
      for place in start..<end {
        var nothing = NoReasons()
        outcomes.append(
          router.decide(
            frames[place].frame, from: frames[place].port, state: state, at: now,
            recording: &nothing))
      }
      start = end
    }
  }

  /// As many frames as a processor has loads under way.
  private static var length: Int { 16 }
}

extension HostRouter {
  /// Reads what decisions on frames will need, stage by stage; each stage knows where by the one
  /// before.
  fileprivate func read(
    _ frames: ArraySlice<DecisionBatch.Sending>, _ places: Range<Int>
  ) -> UInt32 {
    var sum: UInt32 = 0
    for place in places { sum &+= read(port: frames[place].port) }
    for place in places {
      guard let domain = domain(ofPort: frames[place].port) else { continue }
      sum &+= router.index.read(frames[place].frame.packet.source, in: domain)
      sum &+= router.index.read(frames[place].frame.packet.destination, in: domain)
    }
    for place in places {
      let host = receiver(of: frames[place])
      if !host.isNone { sum &+= local.directory.read(host.macAddress, in: host.virtualSubnetID) }
    }
    for place in places {
      let host = receiver(of: frames[place])
      if !host.isNone, let port = port(for: host.macAddress, in: host.virtualSubnetID) {
        sum &+= read(port: port)
      }
    }
    return sum
  }

  @inline(__always)
  private func receiver(of sending: DecisionBatch.Sending) -> HostRoute {
    guard let domain = domain(ofPort: sending.port) else { return .none }
    return router.index.hostRoute(for: sending.frame.packet.destination, in: domain)
  }
}
