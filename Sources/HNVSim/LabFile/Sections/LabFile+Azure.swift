extension LabShape {
  static let azure = Shape.object(
    ObjectShape(
      "azure section", about: "What only an Azure virtual network has; all may be left out.",
      keys: []))
}

extension LabReader {
  func azureSection(_ value: JSON5Value) -> AzureSection { AzureSection() }
}
