/// What only VLANs joined by a layer-3 switch has; all of it may be left out.
public struct VLANSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
