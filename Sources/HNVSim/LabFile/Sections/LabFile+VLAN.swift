extension LabShape {
  static let vlan = Shape.object(
    ObjectShape(
      "vlan section", about: "What only VLANs joined by a layer-3 switch has; all may be left out.",
      keys: []))
}

extension LabReader {
  func vlanSection(_ value: JSON5Value) -> VLANSection { VLANSection() }
}
