/// A kind of virtual network: what lies between the machines of a lab, and how packets pass it.
///
/// HNV is one among others. A model is a folder of the elements it really has; "Adding a model" in
/// the documentation shows a small one.
public protocol ForwardingModel: Sendable {
  /// What scripts call it, as `vxlan`.
  var name: String { get }

  /// What people call it, as `VXLAN with a router VM`.
  var title: String { get }

  /// Makes the network of a lab; its `diagnostics` say what is wrong with it, nothing is thrown.
  func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork
}
