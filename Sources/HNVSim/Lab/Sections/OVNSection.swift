/// What only OVN has; all of it may be left out.
public struct OVNSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
