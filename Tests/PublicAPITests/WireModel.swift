import HNVCore
import HNVSim

/// One long wire with a colour for each subnet, and no router: a forwarding model of our own.
struct WireModel: ForwardingModel {
  let name = "wire"
  let title = "One wire for each subnet"

  func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork { WireNetwork(intent) }
}

struct WireNetwork: ModelNetwork {
  var intent: Intent

  init(_ intent: Intent) {
    self.intent = intent
    self.intent.callUnderlay("wire")
  }

  var diagnostics: [Diagnostic] {
    intent.networks.filter { $0.subnets.count > 1 }.map { network in
      Diagnostic(
        .notInModel, value: network.name, "the wires of \(network.name) are joined by nothing",
        fix: "let a machine with an adapter in each subnet forward", at: network.place)
    }
  }

  var claims: Claims {
    Claims(
      resolution: Claim(.target, .stated, source: "WireModel"),
      withinSubnet: Claim(
        Claims.Treatment(.kept, decrementsTimeToLive: false), .stated, source: "WireModel"),
      betweenSubnets: Claim(
        Claims.Treatment(.bothRewritten, decrementsTimeToLive: true), .stated,
        source: "whatever machine forwards"),
      delivery: Claim(.macAddress, .stated, source: "WireModel"),
      routeTable: Claim(.router, .stated, source: "whatever machine forwards"),
      filters: Claim(Claims.Filters([], withinSubnet: []), .stated, source: "WireModel"),
      flooding: Claim(.flooded, .stated, source: "WireModel"),
      encapsulation: Claim(
        Claims.Encapsulation("none", overhead: 0), .stated, source: "WireModel"),
      guestGateway: Claim(.works, .stated, source: "WireModel"),
      sameSubnetNextHop: Claim(.refused, .stated, source: "WireModel"))
  }

  func initialState() -> NoState { NoState() }

  func mtu(of machine: Int) -> GuestMTU {
    GuestMTU(bytes: 1500, room: 1500, reason: "the Ethernet default")
  }

  func cell(for element: ElementID, sharing state: NoState) -> any Cell {
    if case .host(let host) = element {
      ElementCell(Socket(host: host, intent: intent))
    } else {
      ElementCell(Wire())
    }
  }
}

/// A host: hands its machines what is for them, and the wire all that they say.
struct Socket: Element {
  let host: Int
  let intent: Intent

  init(host: Int, intent: Intent) {
    self.host = host
    self.intent = intent
  }

  func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    var packet = packet
    if case .adapter(let machine, let index) = cable,
      let subnet = intent.subnet(of: intent.machines[machine].interfaces[index])
    {
      packet = world.packets.changing(packet) { $0.tag = VLANTag(identifier: UInt16(subnet + 1)) }
    }
    let subnet = Int(world.packets[packet].tag?.identifier ?? 0) - 1
    var ways = listeners(
      to: world.packets[packet].destinationMAC, in: subnet, beside: cable, &world)
    if case .adapter = cable { ways.append(.uplink(host: host)) }
    guard !ways.isEmpty else {
      world.drop(.notAddressed, WireFact.nobody, packet)
      return
    }
    if ways.count > 1 {
      world.finish(.replicated, WireFact.ways(ways.count), packet)
    }
    for way in ways {
      world.following(world.copy(oneOf: ways.count)) { world in
        let copy =
          if case .adapter = way { world.packets.changing(packet) { $0.tag = nil } } else { packet }
        world.note(WireFact.along, copy)
        world.emit(copy, on: way)
      }
    }
  }

  /// The adapters of this host in a subnet that a frame is for.
  private func listeners(
    to address: MACAddress, in subnet: Int, beside cable: Cable, _ world: inout World
  ) -> [Cable] {
    intent.machines.indices.filter { world.wiring.host(of: $0) == host }.flatMap { machine in
      intent.machines[machine].interfaces.indices.filter { index in
        let interface = intent.machines[machine].interfaces[index]
        return interface.attachment == .subnet(subnet)
          && (address.isMulticast || address == interface.macAddress)
      }.map { Cable.adapter(machine: machine, index: $0) }
    }.filter { $0 != cable }
  }
}

/// What joins the hosts: every frame goes to all others.
struct Wire: Element {
  func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    let ways = world.intent.hosts.indices.map { Cable.uplink(host: $0) }.filter { $0 != cable }
    world.finish(.replicated, WireFact.everyHost, packet)
    for way in ways { world.emitCopy(of: packet, on: way) }
  }
}

/// What the elements of this model note.
enum WireFact: Fact {
  case nobody
  case ways(Int)
  case along
  case everyHost

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .nobody: step.say(.dropped, "nobody here has ", scene.row?.destinationMAC)
    case .ways(let count): step.say(.replicated, count, " ways lead on")
    case .along: step.say(.forwarded, "along the wire")
    case .everyHost: step.say(.replicated, "to all other hosts")
    }
  }
}
