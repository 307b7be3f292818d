import HNVSim

/// A small lab format that uses every kind of shape.
enum ShapeFixture {
  static let address = Shape.text(
    about: "An IPv4 address.", format: "ipv4", examples: ["10.0.1.4"])

  static let machine = Shape.object(
    ObjectShape(
      "virtual machine", about: "A machine of a \"tenant\".",
      keys: [
        .init("host", .text(about: ""), required: true, about: "Where it runs."),
        .init("address", .either([address, .list(of: address)]), about: "Its addresses."),
        .init("on", .bool, about: "Whether it runs."),
      ]))

  static let lab = Shape.object(
    ObjectShape(
      "lab", about: "A network.",
      keys: [
        .init("release", .oneOf(["2012", "2012R2", "2016"], about: ""), about: "The release."),
        .init("vsid", .number(4096...16_777_214, about: "A VSID."), required: true, about: "It."),
        .init("hosts", .list(of: .text(about: "A name.")), about: "The hosts."),
        .init("machines", .dictionary(of: machine, about: "By name."), required: true, about: ""),
        .init("spare", machine, about: "The spare one."),
      ]))
}
