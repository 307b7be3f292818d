public import HNVCore

/// A lab written in Swift; diagnostics name the line that declares what is wrong.
extension Lab {
  /// Builds a lab.
  ///
  /// ```swift
  /// let lab = Lab("two machines") { lab in
  ///   lab.host("hv1")
  ///   lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
  ///   lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
  ///   lab.machine("B", on: "hv1", in: "front", "10.0.1.12")
  ///   lab.expect("A", reaches: "B")
  /// }
  /// ```
  public init(_ name: String, _ build: (inout Lab) -> Void) {
    self.init(name: name)
    build(&self)
  }

  /// Adds a hypervisor, with its underlay address where it matters.
  public mutating func host(
    _ name: String, _ address: String? = nil, file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    hosts.append(Host(name: Written(name, at: place), address: place.written(address)))
  }

  /// Adds an isolated network.
  public mutating func network(
    _ name: String, file: String = #fileID, line: UInt32 = #line,
    _ build: (inout Network) -> Void
  ) {
    var network = Network(name: Written(name, at: Place(file: file, line: line)))
    build(&network)
    networks.append(network)
  }

  /// Adds an outside network; `addresses` stand for it when it is named as a peer.
  ///
  /// One that is reached by a tunnel has its gateway at an address behind the network that carries
  /// the tunnel.
  public mutating func outside(
    _ name: String, link: String..., addresses: [String], reaches: [String] = [],
    latency: VirtualTime? = nil, tunnelTo gateway: String? = nil, over carrier: String = "internet",
    file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    let tunnel = gateway.map {
      Tunnel(over: Written(carrier, at: place), address: Written($0, at: place))
    }
    outside.append(
      Outside(
        name: Written(name, at: place), link: place.written(link),
        addresses: place.written(addresses), reaches: place.written(reaches),
        latency: place.written(latency?.labText), tunnel: tunnel))
  }

  /// Adds a machine with one adapter; without `gateways` the subnet's own are taken.
  public mutating func machine(
    _ name: String, on host: String, in subnet: String, _ addresses: String...,
    gateways: [String]? = nil, file: String = #fileID, line: UInt32 = #line,
    _ build: (inout Machine) -> Void = { _ in }
  ) {
    let place = Place(file: file, line: line)
    var machine = Machine(
      name: Written(name, at: place), host: Written(host, at: place),
      gateways: gateways.map { place.written($0) })
    machine.interfaces.append(
      Interface(
        attachment: .subnet(Written(subnet, at: place)), addresses: place.written(addresses)))
    build(&machine)
    machines.append(machine)
  }

  /// Adds a machine that forwards for others; its adapters and routes are added in `build`.
  public mutating func gateway(
    _ name: String, on host: String, file: String = #fileID, line: UInt32 = #line,
    _ build: (inout Machine) -> Void
  ) {
    let place = Place(file: file, line: line)
    var machine = Machine(
      name: Written(name, at: place), host: Written(host, at: place), forwards: true,
      gateways: [])
    build(&machine)
    machines.append(machine)
  }

  /// Expects a packet and its answer to arrive, through a forwarding machine where one is named.
  public mutating func expect(
    _ from: String, reaches to: String, through: String..., at time: VirtualTime? = nil,
    file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    let packet = Packet(from: Written(from, at: place), to: Written(to, at: place))
    expectations.append(
      Expectation(
        .packet(
          packet, at: place.written(time?.labText), outcome: nil,
          through: through.isEmpty ? nil : place.written(through)),
        at: place))
  }

  /// Expects a packet, or the answer to it, to be dropped, with a disposition where one is given.
  public mutating func expect(
    _ from: String, doesNotReach to: String, outcome: Disposition? = nil,
    at time: VirtualTime? = nil, file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    let packet = Packet(from: Written(from, at: place), to: Written(to, at: place))
    expectations.append(
      Expectation(
        .packet(
          packet, at: place.written(time?.labText),
          outcome: Written(outcome?.rawValue ?? "unreachable", at: place), through: nil),
        at: place))
  }

  /// Keeps the record of a machine's address from a host.
  public mutating func withhold(
    record address: String, from host: String, file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    hnv.deviations.append(
      HNVSection.Deviation(
        host: Written(host, at: place), withholdRecords: [Written(address, at: place)]))
  }
}

extension Lab.Network {
  /// Adds a subnet with one prefix a family.
  public mutating func subnet(
    _ name: String, _ prefixes: String..., file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    subnets.append(
      Lab.Subnet(name: Written(name, at: place), prefixes: place.written(prefixes)))
  }

  /// Adds a route to the network's router.
  public mutating func route(
    to prefix: String, via address: String, metric: UInt64? = nil, file: String = #fileID,
    line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    routes.append(
      Lab.Route(to: Written(prefix, at: place), via: Written(address, at: place), metric: metric))
  }
}

extension Lab.Machine {
  /// Adds an adapter in a subnet.
  public mutating func interface(
    in subnet: String, _ addresses: String..., compartment: String? = nil, mac: String? = nil,
    file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    interfaces.append(
      Lab.Interface(
        attachment: .subnet(Written(subnet, at: place)), addresses: place.written(addresses),
        mac: place.written(mac), compartment: place.written(compartment)))
  }

  /// Adds an adapter on the wire of an outside network.
  public mutating func interface(
    outside: String, _ addresses: String..., compartment: String? = nil, translates: Bool = false,
    file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    interfaces.append(
      Lab.Interface(
        attachment: .outside(Written(outside, at: place)), addresses: place.written(addresses),
        compartment: place.written(compartment), translates: translates))
  }

  /// Publishes a port of the machine's latest adapter, which translates.
  public mutating func publish(
    _ ipProtocol: IPProtocol, _ port: UInt64, to address: String, port toPort: UInt64? = nil,
    compartment: String? = nil, file: String = #fileID, line: UInt32 = #line
  ) {
    guard !interfaces.isEmpty else { return }
    let place = Place(file: file, line: line)
    interfaces[interfaces.count - 1].publications.append(
      Lab.Publication(
        ipProtocol: Written("\(ipProtocol)", at: place), port: port,
        to: Written(address, at: place), toPort: toPort, compartment: place.written(compartment)))
  }

  /// Adds a route to the machine's own table.
  public mutating func route(
    to prefix: String, via address: String, compartment: String? = nil, file: String = #fileID,
    line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    routes.append(
      Lab.Route(
        to: Written(prefix, at: place), via: Written(address, at: place),
        compartment: place.written(compartment)))
  }

  /// Adds an access rule to the port of the machine's latest adapter; the first match decides.
  public mutating func rule(
    _ action: AccessRule.Action, _ direction: AccessRule.Direction, remote: String? = nil,
    ipProtocol: IPProtocol? = nil, remotePorts: String? = nil, localPorts: String? = nil,
    stateful: Bool = false, idleTimeout: VirtualTime? = nil, file: String = #fileID,
    line: UInt32 = #line
  ) {
    guard !interfaces.isEmpty else { return }
    let place = Place(file: file, line: line)
    interfaces[interfaces.count - 1].rules.append(
      Lab.PortRule(
        action: Written(action.rawValue, at: place),
        direction: Written(direction.rawValue, at: place), remote: place.written(remote),
        ipProtocol: place.written(ipProtocol.map { "\($0)" }),
        remotePorts: place.written(remotePorts),
        localPorts: place.written(localPorts), isStateful: stateful,
        idleTimeout: place.written(idleTimeout?.labText)))
  }
}

extension Place {
  /// A text that was written here.
  func written(_ text: String?) -> Written? { text.map { Written($0, at: self) } }

  /// Texts that were written here.
  func written(_ texts: [String]) -> [Written] { texts.map { Written($0, at: self) } }
}
