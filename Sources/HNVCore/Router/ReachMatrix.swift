/// Who reaches whom among the machines of a routing domain with one kind of packet.
public struct ReachMatrix: Hashable, Sendable {
  /// An address of a machine, and the port behind which the machine is.
  public struct Endpoint: Hashable, Sendable {
    /// The machine's host, by its place among the hosts of the network.
    public let host: Int

    /// The machine's port, by its index at the host.
    public let port: Int

    /// The port's virtual subnet.
    public let virtualSubnetID: VirtualSubnetID

    /// The address.
    public let address: IPAddress
  }

  /// The endpoints: host by host, then by virtual subnet, port and address.
  public let endpoints: [Endpoint]

  /// A bit for each receiver, in a row for each sender.
  private var words: [UInt64]
  private let rowLength: Int

  /// Nobody reaches anybody yet.
  init(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
    rowLength = (endpoints.count + Self.wordLength - 1) / Self.wordLength
    words = Array(repeating: 0, count: rowLength * endpoints.count)
  }

  /// Whether a packet of one endpoint reaches another, each by its place in `endpoints`, which must
  /// be among its indices; `false` from an endpoint to itself.
  public func reaches(_ receiver: Int, from sender: Int) -> Bool {
    precondition(
      endpoints.indices.contains(receiver) && endpoints.indices.contains(sender),
      "an endpoint's place is among the indices of endpoints")
    let word = words[sender * rowLength + receiver / Self.wordLength]
    return word & 1 << UInt64(receiver % Self.wordLength) != 0
  }

  /// How many pairs of endpoints there are in which the first reaches the second.
  public var reachedCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The pairs of endpoints in which the first does not reach the second, in the order of
  /// `endpoints`.
  ///
  /// - Complexity: O(*n*²) for *n* endpoints.
  public var unreached: [(sender: Int, receiver: Int)] {
    var pairs: [(sender: Int, receiver: Int)] = []
    for sender in endpoints.indices {
      for receiver in endpoints.indices
      where receiver != sender && !reaches(receiver, from: sender) {
        pairs.append((sender, receiver))
      }
    }
    return pairs
  }

  /// Says of every other endpoint whether a sender reaches it.
  @inline(__always)
  mutating func fill(from sender: Int, _ isReached: (Int) -> Bool) {
    for first in stride(from: 0, to: endpoints.count, by: Self.wordLength) {
      var word: UInt64 = 0
      for place in first..<min(first + Self.wordLength, endpoints.count) where place != sender {
        word |= (isReached(place) ? 1 : 0) << UInt64(place - first)
      }
      words[sender * rowLength + first / Self.wordLength] = word
    }
  }

  /// How many receivers a word is about.
  private static var wordLength: Int { 64 }
}
