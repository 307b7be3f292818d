/// What the sections of clouds have in common.
extension LabShape {
  static let cloudAddress = Shape.object(
    ObjectShape(
      "public address", about: "An address that the platform's edge translates to a machine's.",
      keys: [
        .init("machine", name, required: true, about: "The machine."),
        .init(
          "address", address, required: true,
          about: "The address, on the wire of an outside network."),
      ]))

  static let cloudBlocks = Shape.dictionary(
    of: prefixes, about: "A network, and its address blocks.")

  static let onOrOff = Shape.oneOf(["on", "off"], about: "A switch.")

  static let action = Shape.oneOf(["allow", "deny"], about: "What to do.")

  /// What the rules of clouds' filters look at.
  static let cloudMatch: [ObjectShape.Key] = [
    .init("protocol", protocolName, about: "The protocol. Default: any."),
    .init("ports", ports, about: "The destination ports. Default: any."),
  ]
}

extension LabReader {
  func cloudAddresses(_ value: JSON5Value) -> [CloudAddress] {
    items(value, "publicAddresses").map {
      CloudAddress(machine: written($0, "machine"), address: written($0, "address"))
    }
  }

  func cloudBlocks(_ value: JSON5Value, _ key: String) -> [CloudBlocks] {
    (value[key]?.members ?? []).map { member in
      CloudBlocks(
        network: Written(member.key, at: member.keyPlace),
        prefixes: member.value.items.compactMap { item in
          item.text.map { Written($0, at: item.place) }
        })
    }
  }
}
