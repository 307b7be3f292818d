extension LabShape {
  static let contrail = Shape.object(
    ObjectShape(
      "contrail section", about: "What only the OpenContrail vRouter has; all may be left out.",
      keys: []))
}

extension LabReader {
  func contrailSection(_ value: JSON5Value) -> ContrailSection { ContrailSection() }
}
