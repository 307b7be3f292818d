extension Lab {
  /// A value for something that has a name, as sections of models hold them.
  public struct Named: Equatable, Sendable {
    /// The name.
    public var name: Written
    /// The value.
    public var value: Written

    /// Joins a value to a name.
    public init(_ name: Written, _ value: Written) {
      self.name = name
      self.value = value
    }
  }
}
