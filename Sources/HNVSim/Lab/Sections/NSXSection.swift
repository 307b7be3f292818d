/// What only NSX for vSphere has; all of it may be left out.
public struct NSXSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
