extension LabShape {
  static let vpc = Shape.object(
    ObjectShape(
      "vpc section", about: "What only Amazon VPC has; all may be left out.", keys: []))
}

extension LabReader {
  func vpcSection(_ value: JSON5Value) -> VPCSection { VPCSection() }
}
