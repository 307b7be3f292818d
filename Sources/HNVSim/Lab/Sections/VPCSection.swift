/// What only Amazon VPC has; all of it may be left out.
public struct VPCSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
