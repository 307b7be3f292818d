// An experiment on a virtual clock: a host gets a lookup record five seconds late.

import HNVSim

let lab = Lab("A record that arrives late") { lab in
  lab.host("hv1")
  lab.host("hv2")
  lab.network("blue") { network in
    network.subnet("front", "10.0.1.0/24")
    network.subnet("back", "10.1.2.0/24")
  }
  lab.machine("B", on: "hv1", in: "front", "10.0.1.12")
  lab.machine("X", on: "hv2", in: "back", "10.1.2.11")
  lab.withhold(record: "10.1.2.11", from: "hv1")
}

let fabric = try Fabric(lab)
for warning in fabric.warnings { print(warning) }

var experiment = Experiment(fabric)
try experiment.send(Question(from: "B", to: "X"), at: .seconds(1))
try experiment.deliver(record: "10.1.2.11", to: ["hv1"], at: .seconds(5))
try experiment.send(Question(from: "B", to: "X"), at: .seconds(6))
for event in experiment.run() { print(event) }
