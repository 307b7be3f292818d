/// OVN: logical switches and logical routers, worked through on the sender's host.
public struct OVNModel: ForwardingModel {
  /// The model; what a lab sets stands in its `ovn` section.
  public init() {}

  /// `ovn`.
  public var name: String { "ovn" }

  /// Its name in full.
  public var title: String { "OVN" }

  /// Makes each subnet a logical switch and each network a logical router.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    OVNNetwork(intent, lab.ovn)
  }
}
