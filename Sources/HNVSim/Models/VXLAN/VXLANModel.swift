/// VXLAN segments that a router VM joins.
public struct VXLANModel: ForwardingModel {
  /// The model; what a lab sets stands in its `vxlan` section.
  public init() {}

  /// `vxlan`.
  public var name: String { "vxlan" }

  /// Its name in full.
  public var title: String { "VXLAN with a router VM" }

  /// Gives every subnet a VNI and every network a router VM.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    VXLANNetwork(intent, lab.vxlan)
  }
}
