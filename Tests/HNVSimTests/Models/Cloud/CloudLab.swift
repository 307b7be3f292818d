import HNVCore
import HNVSim

/// The article's network as clouds are asked about it.
enum CloudLab {
  static let place = Place(file: "cloud", line: 1)

  /// A, B and X; GW translates, in a subnet of its own or in the front one.
  static func lab(
    gatewayIn subnet: String = "gateway", translates: Bool = true,
    guestGateway: String? = nil, route: Bool = true, _ change: (inout Lab) -> Void = { _ in }
  ) -> Lab {
    Lab("cloud") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      let gateway = subnet == "gateway" ? "10.0.2.250" : "10.0.1.250"
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24")
        network.subnet("gateway", "10.0.2.0/24")
        network.subnet("back", "10.1.2.0/24")
        if route { network.route(to: "0.0.0.0/0", via: gateway) }
      }
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      let gateways = guestGateway.map { [$0] }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11", gateways: gateways)
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
      lab.machine("X", on: "hv3", in: "back", "10.1.2.11")
      lab.gateway("GW", on: "hv3") { machine in
        machine.interface(in: subnet, gateway)
        machine.interface(outside: "internet", "203.0.113.2", translates: translates)
        machine.route(to: "0.0.0.0/0", via: "203.0.113.1")
        let router = subnet == "gateway" ? "10.0.2.1" : "10.0.1.1"
        if subnet == "gateway" { machine.route(to: "10.0.1.0/24", via: router) }
        if subnet == "front" { machine.route(to: "10.0.2.0/24", via: router) }
        machine.route(to: "10.1.2.0/24", via: router)
      }
      change(&lab)
    }
  }

  static func written(_ text: String) -> Written { Written(text, at: place) }

  static func written(_ texts: [String]) -> [Written] { texts.map { written($0) } }
}

extension Trace {
  /// The TTL with which the packet first came to a machine that passed it on.
  func timeToLive(atForwarder name: String) -> String? {
    hops.first { $0.element == name }?.steps.flatMap(\.changes)
      .first { $0.field == .timeToLive }?.before
  }

  /// The looks into tables on the way.
  var lookups: [Step.Lookup] { hops.flatMap(\.steps).compactMap(\.lookup) }

  /// What the packet's last step says.
  var lastWords: String { decision?.step.detail ?? "" }
}
