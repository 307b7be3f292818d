/// NSX for vSphere: logical switches in VXLAN, a distributed logical router and a distributed
/// firewall on every host.
public struct NSXModel: ForwardingModel {
  /// The model; what a lab sets stands in its `nsx` section.
  public init() {}

  /// `nsx`.
  public var name: String { "nsx" }

  /// Its name in full.
  public var title: String { "NSX for vSphere" }

  /// Makes each subnet a logical switch and gives each network a distributed logical router.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    NSXNetwork(intent, lab.nsx)
  }
}
