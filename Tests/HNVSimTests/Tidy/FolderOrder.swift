/// Which folders of a module there are, each before all that may use its types.
///
/// Types count, by their names; what an extension adds to one counts where the type is declared.
struct FolderOrder {
  let module: String
  let folders: [String]

  /// Modules in the order in which they build upon one another.
  static let all = [
    FolderOrder(
      module: "HNVCore",
      folders: [
        "Diagnostics", "Addresses", "Packets", "Wire", "Settings", "Policy", "Tables", "Compiled",
        "Check", "Router",
      ]),
    FolderOrder(
      module: "HNVSim",
      folders: [
        "Diagnostics", "JSON5", "Files", "Lab", "Claims", "LabFile", "Intent", "Steps", "Engine",
        "Guests", "Underlay", "Models/Parts", "Models/HNV", "Models/VLAN", "Models/VXLAN",
        "Models/VPC",
        "Models/Contrail", "Models/NSX", "Models/Azure", "Models/OVN", "Models", "Trace", "Fabric",
        "Experiment", "Compare", "Capture", "Rendering",
      ]),
    // The command line: files of its folders call each other as they like.
    FolderOrder(module: "hnv", folders: [""]),
  ]

  /// A type of a later folder that an earlier one uses, for now.
  struct Exception: Hashable {
    let from: String
    let to: String
    let types: [String]
    /// What makes it unnecessary.
    let until: String

    init(_ from: String, uses to: String, _ types: [String], until: String) {
      self.from = from
      self.to = to
      self.types = types
      self.until = until
    }
  }

  static let exceptions = [
    // A run makes the machines' stacks, which work on what the run offers them; hosts have the same
    // stack on the underlay.
    Exception(
      "Engine", uses: "Guests", ["NetworkStack", "StackConfiguration"],
      until: "the elements are built by a factory"),
    Exception(
      "Guests", uses: "Underlay", ["UnderlayRouting"], until: "stacks and the underlay are one room"
    ),
    // A lab file names settings by the words of the models' own types.
    Exception("LabFile", uses: "Engine", ["ModelSetting"], until: labTables),
    Exception("LabFile", uses: "Guests", ["RedirectRule"], until: labTables),
    Exception(
      "LabFile", uses: "Models/Parts", ["ARPSuppression", "MoveAnnouncement"], until: labTables),
    Exception("LabFile", uses: "Models/HNV", ["GuestProfile"], until: labTables),
    Exception(
      "LabFile", uses: "Models/VLAN", ["LocalProxyARP", "ProxyARP", "VLANLayout"],
      until: labTables),
    Exception("LabFile", uses: "Models/VXLAN", ["VXLANReplication"], until: labTables),
    Exception("LabFile", uses: "Models/Contrail", ["ContrailSettings"], until: labTables),
    Exception(
      "LabFile", uses: "Models/NSX",
      [
        "NSXForgedTransmits", "NSXIPv6Routing", "NSXPromiscuousMode", "NSXReplication",
        "NSXRouterNeighbors", "NSXTimeToLive",
      ], until: labTables),
    Exception("LabFile", uses: "Models/OVN", ["OVNAccessList"], until: labTables),
    Exception("LabFile", uses: "Models", ["ForwardingModels"], until: labTables),
    Exception("LabFile", uses: "Fabric", ["Fabric"], until: labTables),
    // Names are resolved together with what only a model or a run can say of them.
    Exception(
      "Intent", uses: "Engine", ["Cable", "ModelNetwork", "PolicyItem"], until: topology),
    Exception("Intent", uses: "Guests", ["NetworkStack", "StackRoutes"], until: topology),
    Exception("Intent", uses: "Models", ["ForwardingModels"], until: topology),
  ]

  private static let labTables = "labs have one table per object"
  private static let topology = "a topology is a lab with its names resolved"

  /// The folder of a file of this module, as the order names it; `nil` for one of another module.
  func folder(of file: SourceTree.File) -> String? {
    let path = file.folders
    guard path.count >= 2, path[0] == "Sources", path[1] == module else { return nil }
    if folders == [""] { return "" }
    let depth = path.dropFirst(2).first == "Models" ? 2 : 1
    return path.dropFirst(2).prefix(depth).joined(separator: "/")
  }
}

extension FolderOrder {
  /// The folders of forwarding models, none of which names a type of another.
  var models: [String] {
    folders.filter { $0.hasPrefix("Models/") && $0 != "Models/Parts" }
  }
}
