import HNVCore

/// Amazon VPC.
public struct VPCModel: ForwardingModel {
  /// The model; what a lab sets stands in its `vpc` section.
  public init() {}

  /// `vpc`.
  public var name: String { "vpc" }

  /// Its name in full.
  public var title: String { "Amazon VPC" }

  /// Makes each network a VPC, with an internet gateway where machines have public addresses.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    VPCNetwork(VPCDerivation(intent, lab))
  }
}

/// What Amazon VPC makes of a lab.
struct VPCNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let vpc: VPC
  private let underlay: UnderlayDirectory
  private let failover: [NATFailover]
  private let guestMTU: Int

  init(_ derivation: VPCDerivation) {
    intent = derivation.intent
    diagnostics =
      derivation.diagnostics
      + intent.sharedAddressesLeftOut(
        "Amazon VPC", because: "it carries no multicast, and gratuitous ARP has no effect",
        fix: "let the machines monitor each other and replace routes: natFailover")
    vpc = derivation.vpc
    failover = derivation.failover
    guestMTU = derivation.guestMTU
    underlay = UnderlayDirectory(derivation.intent)
  }

  func initialState() -> VPCState { VPCState(failover) }

  func cell(for element: ElementID, sharing state: VPCState) -> any Cell {
    if let edge = vpc.gateways.values.first(where: { $0.element == element }) {
      return ElementCell(EdgeGateway(edge, among: vpc.gateways, vpc.directory))
    }
    switch element {
    case .host(let index): return ElementCell(VPCSwitch(index, vpc, state, in: intent))
    case .underlay, .machine, .outside, .router, .device:
      return ElementCell(Underlay(underlay))
    }
  }

  func mtu(of machine: Int) -> GuestMTU {
    intent.guestMTU(
      of: machine, otherwise: guestMTU, room: max(guestMTU, 9001),
      because: "set by the driver of the instance", setting: "guestMTU=\(guestMTU)")
  }
}

/// What the hosts and gateways of all VPCs of a lab know; none of it changes while an experiment
/// runs.
struct VPC: Sendable {
  /// Whose the addresses are: the mapping service.
  let directory: AdapterDirectory
  /// The route tables, by subnet.
  let tables: [VPCTable]
  /// The security groups of network interfaces; one without lets everything pass.
  let groups: [Cable: AccessList]
  /// The network ACLs, by subnet.
  let networkACLs: [Int: AccessList]
  /// The machines whose interfaces send and take what bears others' addresses.
  let unchecked: Set<Int>
  /// The internet gateways, by network.
  let gateways: [Int: InternetEdge]
}
