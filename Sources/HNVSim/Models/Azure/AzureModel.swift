import HNVCore

/// Azure virtual networks.
public struct AzureModel: ForwardingModel {
  /// The model; what a lab sets stands in its `azure` section.
  public init() {}

  /// `azure`.
  public var name: String { "azure" }

  /// Its name in full.
  public var title: String { "Azure VNet" }

  /// Makes each network a virtual network with a way to the internet.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    AzureNetwork(AzureDerivation(intent, lab))
  }
}

/// What Azure makes of a lab.
struct AzureNetwork: ModelNetwork {
  let intent: Intent
  let diagnostics: [Diagnostic]
  let azure: AzureNetworks
  private let underlay: UnderlayDirectory

  init(_ derivation: AzureDerivation) {
    intent = derivation.intent
    diagnostics =
      derivation.diagnostics + intent.unownedNextHops()
      + intent.sharedAddressesLeftOut(
        "Azure", because: "it carries no multicast, and its hosts reply to all ARP requests",
        fix: "put a load balancer in front of the machines, or replace routes on failure")
    azure = derivation.azure
    underlay = UnderlayDirectory(derivation.intent)
  }

  func initialState() -> NoState { NoState() }

  func cell(for element: ElementID, sharing state: NoState) -> any Cell {
    if let edge = azure.edges.values.first(where: { $0.element == element }) {
      return ElementCell(EdgeGateway(edge, among: azure.edges, azure.directory))
    }
    switch element {
    case .host(let index): return ElementCell(AzureSwitch(index, azure, in: intent))
    case .underlay, .machine, .outside, .router, .device:
      return ElementCell(Underlay(underlay))
    }
  }

  func mtu(of machine: Int) -> GuestMTU {
    intent.guestMTU(
      of: machine, otherwise: AzureDerivation.guestMTU, room: AzureDerivation.guestMTU,
      because: "the Azure default of virtual machines")
  }
}

/// What the hosts and edges of all virtual networks of a lab know; none of it changes while an
/// experiment runs, and its facts share it.
final class AzureNetworks: Sendable {
  /// Whose the addresses are.
  let directory: AdapterDirectory
  /// The effective routes, by subnet.
  let routes: [RouteTable<AzureHop>]
  /// The security groups of network interfaces; one without lets everything pass.
  let interfaceGroups: [Cable: AccessList]
  /// The security groups of subnets likewise.
  let subnetGroups: [Int: AccessList]
  /// The machines whose interfaces have IP forwarding on.
  let forwarding: Set<Int>
  /// The ways to the internet, by network.
  let edges: [Int: InternetEdge]

  init(
    _ directory: AdapterDirectory, routes: [RouteTable<AzureHop>],
    interfaceGroups: [Cable: AccessList], subnetGroups: [Int: AccessList], forwarding: Set<Int>,
    edges: [Int: InternetEdge]
  ) {
    self.directory = directory
    self.routes = routes
    self.interfaceGroups = interfaceGroups
    self.subnetGroups = subnetGroups
    self.forwarding = forwarding
    self.edges = edges
  }
}

/// The type of a route's next hop.
enum AzureHop: Hashable, Sendable {
  /// Whatever has the destination address in the virtual network.
  case virtualNetwork
  /// The outside.
  case internet
  /// Nowhere.
  case none
  /// Whatever has this address in the virtual network.
  case virtualAppliance(IPAddress)
}
