extension LabShape {
  static let ovn = Shape.object(
    ObjectShape(
      "ovn section", about: "What only OVN has; all may be left out.", keys: []))
}

extension LabReader {
  func ovnSection(_ value: JSON5Value) -> OVNSection { OVNSection() }
}
