/// What only the OpenContrail vRouter has; all of it may be left out.
public struct ContrailSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
