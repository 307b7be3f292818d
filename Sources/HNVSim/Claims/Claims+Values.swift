extension Claims {
  /// Who answers a question for the MAC address of a machine in the same subnet, and with whose.
  public enum Resolution: String, Hashable, Sendable, CaseIterable {
    /// The machine itself.
    case target = "the target itself"
    /// The platform, with the machine's own MAC address.
    case platformWithTarget = "the platform, with the target's MAC address"
    /// The platform, with the MAC address of its router.
    case platformWithRouter = "the platform, with its router's MAC address"
    /// The platform, with one MAC address for everything.
    case platformWithConstant = "the platform, with one MAC address for all"
  }

  /// What happens to the headers of a packet.
  public struct Treatment: Hashable, Sendable {
    /// What happens to the destination's MAC address and the sender's.
    public var macAddresses: MACTreatment
    /// Whether the TTL is one less on arrival.
    public var decrementsTimeToLive: Bool

    /// Describes what happens.
    public init(_ macAddresses: MACTreatment, decrementsTimeToLive: Bool) {
      self.macAddresses = macAddresses
      self.decrementsTimeToLive = decrementsTimeToLive
    }
  }

  /// What happens to the MAC addresses of a frame.
  public enum MACTreatment: String, Hashable, Sendable, CaseIterable {
    /// Both arrive as they were sent.
    case kept = "kept"
    /// The receiver sees its own as destination, and the sender's as source.
    case destinationRewritten = "destination rewritten"
    /// The receiver sees its own as destination, and another's as source.
    case bothRewritten = "both rewritten"
  }

  /// By what a frame finds its machine.
  public enum Delivery: String, Hashable, Sendable, CaseIterable {
    /// By the frame's destination MAC address.
    case macAddress = "destination MAC address"
    /// By the packet's destination address.
    case ipAddress = "destination IP address"
  }

  /// Whose the table is that packets are routed by.
  public enum RouteTable: String, Hashable, Sendable, CaseIterable {
    /// A router's, physical or virtual, that is somewhere.
    case router = "the router's"
    /// The isolated network's, the same on every host.
    case network = "the network's, on every host"
    /// The subnet's.
    case subnet = "the subnet's"
    /// The adapter's.
    case adapter = "the adapter's"
  }

  /// Where rules can stop a packet.
  public struct Filters: Hashable, Sendable {
    /// The places, in the order in which a packet from subnet to subnet meets them.
    public var points: [String]
    /// Those among them that packets within a subnet meet as well.
    public var withinSubnet: [String]

    /// Names the places.
    public init(_ points: [String], withinSubnet: [String]) {
      self.points = points
      self.withinSubnet = withinSubnet
    }
  }

  /// What becomes of broadcasts and unknown destinations.
  public enum Flooding: String, Hashable, Sendable, CaseIterable {
    /// They go to every machine of the subnet.
    case flooded = "flooded"
    /// They go there as one copy for each host.
    case headEnd = "flooded, a copy for each host"
    /// They go there by a multicast group of the underlay.
    case underlayMulticast = "flooded by underlay multicast"
    /// Broadcasts go to the subnet, frames to unknown MAC addresses nowhere.
    case broadcastOnly = "broadcasts only"
    /// They go to the receivers configured on the platform.
    case configured = "to configured receivers"
    /// They go nowhere.
    case dropped = "dropped"
  }

  /// What packets travel in between hosts.
  public struct Encapsulation: Hashable, Sendable {
    /// Its name, as `VXLAN`; `none` for frames as they are.
    public var name: String
    /// The bytes by which the underlay's IP MTU must exceed the machines', over IPv4; `nil` where
    /// nobody has published them.
    public var overhead: Int?

    /// Describes an encapsulation.
    public init(_ name: String, overhead: Int?) {
      self.name = name
      self.overhead = overhead
    }
  }

  /// Whether a guest can use another machine of its subnet as its gateway.
  public enum GuestGateway: String, Hashable, Sendable, CaseIterable {
    /// It can: the frame goes to the MAC address that the guest chose.
    case works = "works"
    /// What it sends goes where its destination IP address says, whatever the guest chose.
    case ignored = "ignored"
    /// What it sends that way is lost.
    case dropped = "dropped"
  }

  /// What becomes of a platform's route whose next hop is in the sender's own subnet.
  public enum SameSubnetNextHop: String, Hashable, Sendable, CaseIterable {
    /// The packet leaves by the interface it came in by.
    case hairpin = "hairpin"
    /// It works, and what the next hop itself sends follows the same route back to it.
    case loops = "the next hop's own packets loop"
    /// The platform does not take it.
    case refused = "refused"
  }
}
