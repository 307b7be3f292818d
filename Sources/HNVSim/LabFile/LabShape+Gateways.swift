/// What a lab file may say of gateways: compartments, translation and tunnels.
extension LabShape {
  static let compartment = Shape.text(
    about: "A name for a routing table of its own within a machine.", examples: ["red"])

  static let machineRoute = Shape.object(
    ObjectShape(
      "machine route", about: "A route of a machine.",
      keys: routeKeys + [
        .init("compartment", compartment, about: "The compartment whose table holds it.")
      ]))

  static let publication = Shape.object(
    ObjectShape(
      "publication", about: "A port of a translating adapter that leads to a machine behind it.",
      keys: [
        .init(
          "protocol", .oneOf(["tcp", "udp"], about: "A protocol with ports."), required: true,
          about: "The protocol."),
        .init(
          "port", .number(1...65535, about: "A port."), required: true,
          about: "The port at the adapter's address."),
        .init("to", address, required: true, about: "The address of the machine behind."),
        .init(
          "toPort", .number(1...65535, about: "A port."),
          about: "The machine's port; the same unless said."),
        .init("compartment", compartment, about: "The compartment in which the address is."),
      ]))

  static let tunnel = Shape.object(
    ObjectShape(
      "tunnel", about: "A site-to-site tunnel, ESP on the wire.",
      keys: [
        .init("over", name, required: true, about: "The outside network that carries it."),
        .init(
          "address", address, required: true,
          about: "The address of the site's gateway on that network."),
      ]))
}
