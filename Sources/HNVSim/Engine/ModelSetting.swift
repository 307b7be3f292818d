import HNVCore

/// The values of one setting of a forwarding model, which is a key of the model's section.
protocol ModelSetting: Choice {
  /// What is chosen, in one sentence.
  static var about: String { get }

  /// What the sources say of it.
  static var evidence: String { get }
}
