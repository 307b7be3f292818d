/// How packets are forwarded under a model: the rows of the table that compares models.
///
/// The documentation's table is made from this, and a test sends packets that check it.
public struct Claims: Hashable, Sendable {
  /// Who answers a machine that asks for the MAC address of another in its subnet.
  public var resolution: Claim<Resolution>
  /// What happens to a packet on its way to a machine of the same subnet.
  public var withinSubnet: Claim<Treatment>
  /// What happens to a packet on its way to a machine of another subnet, by the platform's router.
  public var betweenSubnets: Claim<Treatment>
  /// By what a frame finds its machine within a subnet.
  public var delivery: Claim<Delivery>
  /// Whose the table is that a packet is routed by.
  public var routeTable: Claim<RouteTable>
  /// Where rules can stop a packet.
  public var filters: Claim<Filters>
  /// What becomes of broadcasts, and of frames to MAC addresses that nobody knows.
  public var flooding: Claim<Flooding>
  /// What packets travel in between hosts.
  public var encapsulation: Claim<Encapsulation>
  /// Whether a guest can use another machine of its subnet as its gateway.
  public var guestGateway: Claim<GuestGateway>
  /// What becomes of the platform's route whose next hop is in the subnet of the packets' sender.
  public var sameSubnetNextHop: Claim<SameSubnetNextHop>

  /// States all that is claimed.
  public init(
    resolution: Claim<Resolution>, withinSubnet: Claim<Treatment>,
    betweenSubnets: Claim<Treatment>, delivery: Claim<Delivery>, routeTable: Claim<RouteTable>,
    filters: Claim<Filters>, flooding: Claim<Flooding>, encapsulation: Claim<Encapsulation>,
    guestGateway: Claim<GuestGateway>, sameSubnetNextHop: Claim<SameSubnetNextHop>
  ) {
    self.resolution = resolution
    self.withinSubnet = withinSubnet
    self.betweenSubnets = betweenSubnets
    self.delivery = delivery
    self.routeTable = routeTable
    self.filters = filters
    self.flooding = flooding
    self.encapsulation = encapsulation
    self.guestGateway = guestGateway
    self.sameSubnetNextHop = sameSubnetNextHop
  }
}

/// Something that is claimed of a model, with its evidence.
public struct Claim<Value: Hashable & Sendable>: Hashable, Sendable {
  /// What is claimed.
  public let value: Value
  /// How sure it is.
  public let grade: ClaimGrade
  /// Who says so.
  public let source: String

  /// Claims something.
  public init(_ value: Value, _ grade: ClaimGrade, source: String) {
    self.value = value
    self.grade = grade
    self.source = source
  }
}

/// How sure a claim is.
public enum ClaimGrade: String, Hashable, Sendable, CaseIterable {
  /// A source says so.
  case stated
  /// The source code does so, as read.
  case read
  /// It follows from what sources say, or is the likely choice.
  case inferred
}
