/// What only an Azure virtual network has; all of it may be left out.
public struct AzureSection: Hashable, Sendable {
  /// An empty section.
  public init() {}
}
