import HNVCore

/// One machine's part in a virtual router: who is active, as RFC 9568 decides (section 6.4).
///
/// RFC 5798 and most people call the active router the master. The state has no clock; it returns
/// when it wants to be woken.
struct VirtualRouter {
  /// The link that it is on.
  let link: Int
  let terms: Intent.Interface.VirtualRouterMember
  /// The source address of its advertisements.
  let primaryAddress: IPv4Address
  private(set) var isActive: Bool
  /// How often its timer was restarted; timeouts of earlier rounds do not count.
  private(set) var round = 0
  /// The time between the active router's advertisements, as advertised.
  private var interval = Self.ownInterval

  /// The time between its own advertisements (RFC 9568, section 6.1, Advertisement_Interval).
  static let ownInterval = VirtualTime.seconds(1)

  /// What a member does next.
  enum Consequence: Hashable {
    /// Nothing.
    case none
    /// It advertises itself.
    case advertise
    /// It has become active: it advertises itself, and announces the addresses.
    case takeOver
    /// It has become a backup.
    case resign
  }

  init(
    link: Int, _ terms: Intent.Interface.VirtualRouterMember, primaryAddress: IPv4Address,
    isActive: Bool
  ) {
    self.link = link
    self.terms = terms
    self.primaryAddress = primaryAddress
    self.isActive = isActive
  }

  /// How much later than three missing advertisements a backup takes over: the better its priority,
  /// the sooner (RFC 9568, section 6.1, Skew_Time).
  private var skew: VirtualTime {
    VirtualTime(nanoseconds: interval.nanoseconds / 256 * (256 - UInt64(terms.priority)))
  }

  /// The time until its next advertisement, or until the active router counts as down
  /// (Active_Down_Interval).
  var delay: VirtualTime {
    isActive ? Self.ownInterval : interval + interval + interval + skew
  }

  /// Restarts the timer and returns the number of the round.
  mutating func wait() -> Int {
    round += 1
    return round
  }

  /// It is stopped, and is a backup when it starts again.
  mutating func halt() {
    isActive = false
    interval = Self.ownInterval
    round += 1
  }

  /// Its timer has expired.
  mutating func wake() -> Consequence {
    guard !isActive else { return .advertise }
    isActive = true
    return .takeOver
  }

  /// The reaction to another member's advertisement, and the time until the next wake-up;
  /// `nil` where the timer goes on as before.
  mutating func hear(
    _ advertisement: VRRPAdvertisement, from sender: IPv4Address
  ) -> (consequence: Consequence, delay: VirtualTime?) {
    let isBetter =
      (terms.priority, primaryAddress.bits) < (advertisement.priority, sender.bits)
    switch (isActive, advertisement.priority) {
    case (true, 0): return (.advertise, delay)
    case (true, _) where isBetter:
      isActive = false
      follow(advertisement)
      return (.resign, delay)
    // It asserts itself, and shows bridges the way (RFC 9568, section 6.4.3).
    case (true, _): return (.advertise, delay)
    case (false, 0): return (.none, skew)
    case (false, let priority) where !terms.preempts || priority >= terms.priority:
      follow(advertisement)
      return (.none, delay)
    case (false, _): return (.none, nil)
    }
  }

  private mutating func follow(_ advertisement: VRRPAdvertisement) {
    let centisecond: UInt64 = 10_000_000
    interval = VirtualTime(
      nanoseconds: UInt64(advertisement.maxAdvertisementInterval) * centisecond)
  }
}
