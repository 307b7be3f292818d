/// The part of a lab file about gateways: compartments, translation and tunnels.
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
          about: "The machine's port. Default: the same."),
        .init("compartment", compartment, about: "The compartment in which the address is."),
      ]))

  static let virtualRouter = Shape.object(
    ObjectShape(
      "virtual router",
      about: "VRRP: addresses that machines on one link share, and the active one has.",
      keys: [
        .init(
          "id", .number(1...255, about: "A number."), required: true,
          about: "The number that its machines share."),
        .init(
          "addresses", .list(of: .text(about: "An IPv4 address.", examples: ["10.0.1.250"])),
          required: true, about: "The shared addresses."),
        .init(
          "priority", .number(1...254, about: "Higher is better."),
          about: "The running machine with the highest is active. Default: 100."),
        .init(
          "preempt", .bool,
          about: "Whether it takes over from an active machine of lower priority. Default: true."
        ),
        .init(
          "accept", .bool,
          about: "Whether it accepts packets to the shared addresses while it is active."
            + " Default: false."),
        .init(
          "virtualMAC", .bool,
          about: "Whether the shared addresses have the MAC address 00-00-5E-00-01 and the number,"
            + " in place of that of the active machine's adapter. Default: true."),
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
