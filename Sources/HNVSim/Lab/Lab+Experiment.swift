public import HNVCore

extension Lab {
  /// What should be true of the lab.
  public struct Expectation: Equatable, Sendable {
    /// What is expected.
    public var claim: Claim
    /// Where it is written.
    public var place: Place
    /// The models under which it is expected, by name; empty for the lab's own.
    public var models: [Written]
    /// Whether a router redirects the packet's sender; `nil` for either.
    public var isRedirected: Bool?

    /// What can be expected.
    public enum Claim: Equatable, Sendable {
      /// A packet, sent at a virtual time or into the initial state, comes to this end.
      ///
      /// `through` names the forwarding machines on the way, in order; `nil` leaves them open.
      case packet(Packet, at: Written?, outcome: Written?, through: [Written]?)
      /// The check reports a diagnostic of this rule.
      case fault(Written)
    }

    /// States an expectation.
    public init(
      _ claim: Claim, at place: Place, models: [Written] = [], isRedirected: Bool? = nil
    ) {
      self.claim = claim
      self.place = place
      self.models = models
      self.isRedirected = isRedirected
    }
  }

  /// A packet to send.
  public struct Packet: Equatable, Sendable {
    /// The machine or outside network that sends it.
    public var from: Written
    /// The machine, outside network or address that it goes to.
    public var to: Written
    /// `icmp`, `udp` or `tcp`; default: `icmp`.
    public var ipProtocol: Written?
    /// Its source port.
    public var sourcePort: UInt64?
    /// Its destination port.
    public var destinationPort: UInt64?
    /// Its TTL.
    public var timeToLive: UInt64?
    /// The bytes of its payload.
    public var size: UInt64?
    /// Whether it must not be sent in parts; default: true.
    public var dontFragment: Bool?

    /// Declares a packet.
    public init(
      from: Written, to: Written, ipProtocol: Written? = nil, sourcePort: UInt64? = nil,
      destinationPort: UInt64? = nil, timeToLive: UInt64? = nil, size: UInt64? = nil,
      dontFragment: Bool? = nil
    ) {
      self.from = from
      self.to = to
      self.ipProtocol = ipProtocol
      self.sourcePort = sourcePort
      self.destinationPort = destinationPort
      self.timeToLive = timeToLive
      self.size = size
      self.dontFragment = dontFragment
    }
  }

  /// Something that happens at a virtual time.
  public struct Event: Equatable, Sendable {
    /// When, as `10ms` since the experiment's start.
    public var at: Written
    /// What.
    public var action: Action
    /// How often a packet is sent; `nil` for once.
    public var repetition: Repetition?
    /// The models under which it happens, by name; empty for all.
    public var models: [Written]

    /// A stream of packets, one like the other.
    public struct Repetition: Equatable, Sendable {
      /// The time from one to the next.
      public var every: Written
      /// How many there are.
      public var times: UInt64

      /// Plans a stream.
      public init(every: Written, times: UInt64) {
        self.every = every
        self.times = times
      }
    }

    /// What can happen.
    public enum Action: Equatable, Sendable {
      /// A machine sends a packet.
      case send(Packet)
      /// Of several machines and outside networks, every two exchange a packet and its answer; no
      /// names means all machines that do not forward, and all outside networks.
      case sendAll([Written])
      /// Hosts receive a record or a route as it should be by now; no hosts means all.
      case deliver(Delivery)
      /// Hosts lose a record or a route; no hosts means all.
      case withhold(Delivery)
      /// A machine moves to another host; the hosts' policy stays as it is.
      case move(machine: Written, to: Written)
      /// A machine or a host stops.
      case stop(Written)
      /// A machine or a host starts.
      case start(Written)
      /// The link between two elements is cut.
      case cut(Written, Written)
      /// The link between two elements carries frames again.
      case restore(Written, Written)
    }

    /// A record, a route or everything, and whom it concerns.
    public struct Delivery: Equatable, Sendable {
      /// The machine's address whose record it is.
      public var record: Written?
      /// The prefix whose route it is; without it and a record, all that a host should hold.
      public var route: Written?
      /// The hosts; empty for all.
      public var hosts: [Written]

      /// Names a record or a route, and hosts.
      public init(record: Written? = nil, route: Written? = nil, hosts: [Written] = []) {
        self.record = record
        self.route = route
        self.hosts = hosts
      }
    }

    /// Plans an event.
    public init(
      at: Written, _ action: Action, repetition: Repetition? = nil, models: [Written] = []
    ) {
      self.at = at
      self.action = action
      self.repetition = repetition
      self.models = models
    }
  }
}
