extension LabShape {
  static let vxlan = Shape.object(
    ObjectShape(
      "vxlan section", about: "What only VXLAN with a router VM has; all may be left out.", keys: []
    ))
}

extension LabReader {
  func vxlanSection(_ value: JSON5Value) -> VXLANSection { VXLANSection() }
}
