/// What only VXLAN with a router VM has; all of it may be left out.
public struct VXLANSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
