import HNVCore

/// The forwarding models that this library has.
public enum ForwardingModels: Sendable {
  /// All of them, HNV first.
  public static let all: [any ForwardingModel] = [
    HNVModel(),
    VLANModel(),
    VXLANModel(),
    VPCModel(),
    ContrailModel(),
    NSXModel(),
    AzureModel(),
    OVNModel(),
  ]

  /// Their names, as scripts write them.
  public static var names: [String] { all.map(\.name) }

  /// The model of a name; `nil` for none.
  public static func named(_ name: String) -> (any ForwardingModel)? {
    all.first { $0.name == name }
  }

  /// The model that a lab is about; HNV where it says nothing, or what no model is called.
  public static func model(of lab: Lab) -> any ForwardingModel {
    lab.model.flatMap { named($0.text) } ?? HNVModel()
  }

  static func name(of lab: Lab) -> String { lab.model?.text ?? HNVModel().name }

  /// A lab that names no model of ours as its own.
  static func diagnostic(of lab: Lab) -> Diagnostic? {
    guard let written = lab.model, named(written.text) == nil else { return nil }
    return .unknownName(written, "there is no model \(written.text)", among: names)
  }
}
