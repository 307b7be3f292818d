import HNVCore
import Testing

@testable import HNVSim

/// Who is active, by RFC 9568 alone.
struct VirtualRouterTests {
  private static func router(
    _ priority: UInt8, _ address: String = "10.0.0.2", preempts: Bool = true,
    isActive: Bool = false
  ) throws -> VirtualRouter {
    VirtualRouter(
      link: 0,
      Intent.Interface.VirtualRouterMember(
        id: 1, priority: priority, addresses: [IPv4Address(10, 0, 0, 1)], preempts: preempts,
        accepts: false, macAddress: .virtualRouter(1), place: SmallLab.place),
      primaryAddress: try IPv4Address(parsing: address), isActive: isActive)
  }

  private static func advertisement(
    _ priority: UInt8, interval: UInt16 = 100
  ) -> VRRPAdvertisement {
    VRRPAdvertisement(
      virtualRouterID: 1, priority: priority, maxAdvertisementInterval: interval,
      addresses: [IPv4Address(10, 0, 0, 1)])
  }

  @Test(arguments: [1, 100, 200, 254] as [UInt8])
  func `a backup waits three intervals, and the longer the lower its priority`(
    priority: UInt8
  ) throws {
    #expect(
      try Self.router(priority).delay == PairLab.activeDownInterval(UInt64(priority)))
    #expect(try Self.router(priority, isActive: true).delay == .seconds(1))
  }

  @Test func `whoever waits in vain takes over and advertises itself from then on`() throws {
    var router = try Self.router(100)
    #expect(router.wake() == .takeOver)
    #expect(router.isActive)
    #expect(router.wake() == .advertise)
  }

  @Test(
    arguments: [
      (101, "10.0.0.3", false), (99, "10.0.0.3", true), (100, "10.0.0.3", false),
      (100, "10.0.0.1", true),
    ] as [(UInt8, String, Bool)])
  func `of two that are active the one with the higher priority stays, then the higher address`(
    priority: UInt8, address: String, stays: Bool
  ) throws {
    var router = try Self.router(100, isActive: true)
    let answer = router.hear(Self.advertisement(priority), from: try IPv4Address(parsing: address))
    #expect(router.isActive == stays)
    // Whoever stays asserts itself at once.
    #expect(answer.consequence == (stays ? .advertise : .resign))
    #expect(answer.delay == router.delay)
  }

  @Test(arguments: [true, false])
  func `a backup listens to a lower priority only where it does not preempt`(
    preempts: Bool
  ) throws {
    var router = try Self.router(100, preempts: preempts)
    let sender = IPv4Address(10, 0, 0, 3)
    #expect(
      router.hear(Self.advertisement(99), from: sender).delay == (preempts ? nil : router.delay))
    #expect(router.hear(Self.advertisement(100), from: sender).delay == router.delay)
    #expect(!router.isActive)
  }

  @Test func `whoever resigns is followed after the skew alone`() throws {
    var backup = try Self.router(100)
    let sender = IPv4Address(10, 0, 0, 3)
    let skew = VirtualTime(nanoseconds: 156 * 1_000_000_000 / 256)
    #expect(backup.hear(Self.advertisement(0), from: sender).delay == skew)
    var active = try Self.router(100, isActive: true)
    #expect(active.hear(Self.advertisement(0), from: sender).consequence == .advertise)
  }

  @Test func `a backup counts in the active router's intervals`() throws {
    var router = try Self.router(128)
    let answer = router.hear(
      Self.advertisement(200, interval: 10), from: IPv4Address(10, 0, 0, 3))
    // Three times 100 ms, and half of them.
    #expect(answer.delay == PairLab.milliseconds(350))
    router.halt()
    #expect(router.delay == PairLab.milliseconds(3_500))
  }
}
