import HNVCore
import Testing

@testable import HNVSim

/// The rows of the table that tells models apart: MAC addresses and TTL on arrival.
struct ContrailMatrixTests {
  /// A vRouter and what it leaves of a TTL of 64.
  struct Row: CustomTestStringConvertible {
    let era: String
    let mode: String?
    let withinSubnet: UInt8
    let betweenSubnets: UInt8
    let atGateway: UInt8
    /// Whether a frame within the subnet arrives as it was sent.
    let keepsFrames: Bool

    var testDescription: String { "\(era) \(mode ?? "")" }
  }

  static let rows = [
    Row(
      era: "2013", mode: nil, withinSubnet: 64, betweenSubnets: 64, atGateway: 64,
      keepsFrames: false),
    Row(
      era: "2014-11", mode: "l2_l3", withinSubnet: 64, betweenSubnets: 63, atGateway: 63,
      keepsFrames: true),
    Row(
      era: "2014-11", mode: "l3", withinSubnet: 63, betweenSubnets: 63, atGateway: 63,
      keepsFrames: false),
  ]

  @Test(arguments: rows)
  func `a frame within a subnet arrives unchanged, or routed`(row: Row) throws {
    let fabric = try ContrailLab.article { $0.contrail.set(row.era, row.mode) }
    for receiver in ["B", "C"] {
      let trace = try fabric.ping("A", receiver)
      let (sent, arrived) = (try #require(trace.sent), try #require(trace.delivered))
      #expect(trace.isAnswered && arrived.timeToLive == row.withinSubnet)
      #expect((sent.frame == arrived.frame) == row.keepsFrames)
      #expect(row.keepsFrames || arrived.sourceMAC == ContrailLab.vRouter)
      #expect(row.keepsFrames || sent.destinationMAC == ContrailLab.vRouter)
      #expect(row.keepsFrames || arrived.destinationMAC != ContrailLab.vRouter)
    }
  }

  @Test(arguments: rows)
  func `a packet between subnets comes from the vRouter's MAC address`(row: Row) throws {
    let fabric = try ContrailLab.article { $0.contrail.set(row.era, row.mode) }
    let trace = try fabric.ping("B", "X")
    let (sent, arrived) = (try #require(trace.sent), try #require(trace.delivered))
    #expect(trace.isAnswered && arrived.timeToLive == row.betweenSubnets)
    #expect(sent.destinationMAC == ContrailLab.vRouter && arrived.sourceMAC == ContrailLab.vRouter)
  }

  @Test(arguments: rows)
  func `a static route leads to a gateway in the same subnet`(row: Row) throws {
    let fabric = try ContrailLab.inside { $0.contrail.set(row.era, row.mode) }
    #expect(fabric.warnings == [])
    for sender in ["A", "X"] {
      let trace = try fabric.ping(sender, "internet")
      #expect(trace.isAnswered && trace.through == ["GW"])
      // The gateway itself takes one from what came to it.
      #expect(trace.delivered?.timeToLive == row.atGateway - 1)
      #expect(trace.redirects.isEmpty)
    }
  }

  @Test(arguments: rows)
  func `what is claimed is what happens`(row: Row) throws {
    let fabric = try ContrailLab.article { $0.contrail.set(row.era, row.mode) }
    let claims = fabric.claims
    #expect(claims.withinSubnet.value.decrementsTimeToLive == (row.withinSubnet < 64))
    #expect(claims.betweenSubnets.value.decrementsTimeToLive == (row.betweenSubnets < 64))
    #expect((claims.withinSubnet.value.macAddresses == .kept) == row.keepsFrames)
    #expect((claims.delivery.value == .macAddress) == row.keepsFrames)
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    let outer = try #require(tap.log.packets.first)
    let inner = try #require(try fabric.ping("A", "B").delivered?.frame.packet)
    #expect(claims.encapsulation.value.overhead == outer.byteCount - inner.byteCount)
  }

  @Test func `a guest's gateway works where frames go by their MAC address`() throws {
    // V takes whatever comes to it; that it does not forward is another matter.
    for row in Self.rows {
      let fabric = try ContrailLab.article { lab in
        lab.contrail.set(row.era, row.mode)
        lab.machine("V", on: "hv2", in: "front", "10.0.1.250")
        lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
      }
      let trace = try fabric.ping("A", "X")
      #expect(trace.disposition == (row.keepsFrames ? .notForwarding : .accepted))
    }
  }
}
