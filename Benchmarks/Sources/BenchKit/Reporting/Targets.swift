import HNVCore

/// What the library sets out to reach, the weightiest first.
enum Targets {
  static var all: [Target] { decisions + traces + life + records + prefixes + engine }

  private static var decisions: [Target] {
    var targets: [Target] = []
    for family in IPFamily.allCases {
      // At least so many million a second: at most so many nanoseconds each.
      for (rules, rate) in [(1, 50.0), (8, 30.0)] {
        targets.append(
          Target(
            "router decision, \(family), 16 tenants, \(rules) + \(rules) rules: \(rate) M/s",
            decision(family, 16, rules, "independent"), .value(1e3 / rate)))
      }
      for (rules, rate) in [(1, 15.0), (8, 11.0)] {
        targets.append(
          Target(
            "router decision, \(family), 1,024,000 VMs, \(rules) + \(rules) rules, batched:"
              + " \(rate) M/s",
            decision(family, 4_096, rules, "batched"), .value(1e3 / rate)))
      }
      targets.append(
        Target(
          "router decision, \(family), 1,024,000 VMs, 1 + 1 rules, one at a time",
          decision(family, 4_096, 1, "dependent"), .loads(1.2)))
      targets.append(
        Target(
          "router decision, \(family), 1,024,000 VMs, reasons kept",
          decision(family, 4_096, 1, "independent, reasons kept"),
          .times(1.25, of: ["without reasons"])))
    }
    targets.append(
      Target(
        "all pairs inside 4,096 tenants of 250, a verdict for each",
        Figure.Row("pairs", "4096 tenants of 250", "all"), .value(3.5e9)))
    return targets
  }

  private static func decision(
    _ family: IPFamily, _ tenants: Int, _ rules: Int, _ operation: String
  ) -> Figure.Row {
    let network = TenantNetwork(tenantCount: tenants, family: family, ruleCount: rules)
    return Figure.Row("decisions", Bench.decisionSetting(network), operation)
  }

  private static var traces: [Target] {
    var targets: [Target] = []
    for (size, name) in [(4, "4 VMs"), (1_000_000, "1,000,000 VMs")] {
      for (operation, most) in [
        ("trace with reply", 12e3), ("verdict with reply", 8e3), ("trace and its text", 40e3),
        ("trace and its JSON", 70e3),
      ] {
        targets.append(Target("\(operation), \(name)", trace(size, operation), .value(most)))
      }
      for (kind, most) in [(CallCounts.Kind.allocations, 20.0), (.retains, 60)] {
        let row = trace(size, "verdict with reply").calls(kind)
        targets.append(Target("verdict with reply, \(name), \(kind.rawValue)", row, .value(most)))
      }
    }
    targets.append(
      Target(
        "trace with reply, 1,000,000 VMs beside 4", trace(1_000_000, "trace with reply"),
        .timesRow(2, trace(4, "trace with reply"))))
    return targets
  }

  private static func trace(_ size: Int, _ operation: String) -> Figure.Row {
    Figure.Row("traces", Bench.traceSetting(size), operation)
  }

  private static var life: [Target] {
    let size = 1_024_000
    func policy(_ operation: String) -> Figure.Row {
      Figure.Row("life", Bench.lifeSetting(size), operation)
    }
    func lab(_ operation: String) -> Figure.Row {
      Figure.Row("life", Bench.labSetting(size), operation)
    }
    let gibibyte = 1_073_741_824.0
    return [
      Target(
        "build, check and compile 1,024,000 VMs from Swift", policy("build, check and compile"),
        .value(3e9)),
      Target(
        "build, check and compile 1,024,000 VMs from a lab file", lab("lab from a file"),
        .value(15e9)),
      Target("1,024,000 VMs from Swift, memory", policy("memory in all"), .value(1.5 * gibibyte)),
      Target(
        "1,024,000 VMs from a lab file, memory", lab("lab from a file, memory in all"),
        .value(1.5 * gibibyte)),
      Target(
        "one change at 1,024,000 VMs, until the next packet obeys", policy("one record changed"),
        .value(20e3)),
      Target(
        "one change at 1,024,000 VMs, given to 1,000 sharing hosts",
        policy("one VM moved, all hosts told"), .value(1e6)),
      Target(
        "1,000 hosts sharing one policy, memory beside one host",
        policy("compiled state, all hosts"), .times(1.1, of: ["one host"])),
    ]
  }

  private static var records: [Target] {
    [(IPFamily.v4, 24.0), (.v6, 44)].flatMap { family, bytes in
      let setting = Bench.recordSetting(family, 1_024_000)
      return [
        Target(
          "lookup record by (VSID, CA), \(family), a million, batched",
          Figure.Row("records", setting, "batched"), .times(1.05, of: ["table in C"])),
        Target(
          "compiled state a record, \(family)", Figure.Row("records", setting, "bytes a record"),
          .value(bytes)),
        Target(
          "ten million records in one process, \(family), batched",
          Figure.Row("records", Bench.recordSetting(family, 10_000_000), "batched"),
          .times(1.05, of: ["table in C"])),
      ]
    }
  }

  private static var engine: [Target] {
    let setting = "1000 VMs, streams of packets"
    return [
      Target(
        "engine, packet-hops a second, every step kept",
        Figure.Row("engine", setting, "packet-hops, every step kept"), .rate(3e6)),
      Target("engine, events a second", Figure.Row("engine", setting, "events"), .rate(4e6)),
    ]
  }
}
