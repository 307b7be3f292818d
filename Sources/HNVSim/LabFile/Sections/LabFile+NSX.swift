extension LabShape {
  static let nsx = Shape.object(
    ObjectShape(
      "nsx section", about: "What only NSX for vSphere has; all may be left out.", keys: []))
}

extension LabReader {
  func nsxSection(_ value: JSON5Value) -> NSXSection { NSXSection() }
}
