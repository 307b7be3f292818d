extension NetworkPolicy {
  /// Everything that is wrong with the network: errors first, each in declared order.
  ///
  /// Hosts that hold equal records and routes are checked once, in the first one's name.
  ///
  /// - Complexity: O(*n* log *n*) for *n* entries of different policies, and a comparison of each
  ///   host's records and routes with those of every different policy, which takes constant time
  ///   where they share storage.
  public func check() -> [Fault] {
    let report = Faults(faults(in: PolicyView(hosts)))
    return report.errors + report.findings
  }

  /// What is wrong in a view of the network, in declared order.
  func faults(in view: PolicyView) -> [Fault] {
    let directory = HostDirectory(view)
    let faults =
      view.isOfRecords
      ? view.groups.flatMap {
        RecordCheck(group: $0, settings: settings, directory: directory).faults()
      } : entryFaults(in: view, directory)
    return (faults + disagreements(in: view, directory)).map { $0.judged(by: settings) }
  }

  /// What is wrong with entries by themselves, and with those of one host together.
  private func entryFaults(in view: PolicyView, _ directory: HostDirectory) -> [Fault] {
    var faults = view.isWhole ? checkHostNames() : []
    for group in view.groups {
      faults += ForwardingCheck(group: group, settings: settings, directory: directory).faults()
      faults += MappingCheck(group: group, view: view).faults()
    }
    var ports = PortCheck(view, recorded: recordedPorts(view))
    for host in view.hostsWithPorts {
      if view.isWhole { faults += HostCheck(host: hosts[host]).faults() }
      faults += ports.faults(of: host)
    }
    if view.isWhole { faults += directory.providers.faults }
    faults += directory.doubledPorts
    if view.isWhole {
      faults += ProviderCheck(hosts: hosts, groups: view.groups, directory: directory).faults()
    }
    return faults + DomainCheck(groups: view.groups).faults()
  }

  /// What some hosts were told and others were not, or otherwise.
  private func disagreements(in view: PolicyView, _ directory: HostDirectory) -> [Fault] {
    let groups = view.groups
    let participation = Participation(view)
    let drift = DriftCheck(
      hosts: hosts, groups: groups, participation: participation, directory: directory,
      settings: settings)
    var faults =
      DeliveryCheck(hosts: hosts, groups: groups, participation: participation, drift: drift)
      .faults()
    faults += drift.faults()
    if view.isWhole {
      faults +=
        ProviderFamilyCheck(
          hosts: hosts, groups: groups, participation: participation, directory: directory
        ).faults()
    }
    return faults
  }

  /// The adapters of which each host's records tell, found once for all hosts of a group.
  private func recordedPorts(_ view: PolicyView) -> [Int: Set<AdapterKey>] {
    var recorded: [Int: Set<AdapterKey>] = [:]
    for group in view.groups {
      let ports = Set(group.records.lazy.map { AdapterKey($0.entry) })
      for host in group.hosts { recorded[host] = ports }
    }
    return recorded
  }

  private func checkHostNames() -> [Fault] {
    var seen: Set<String> = []
    var faults: [Fault] = []
    for host in hosts where !seen.insert(host.name).inserted {
      faults.append(
        Fault(
          .doubledHost, in: .host(host.name), value: host.name,
          "two hosts are called \(host.name)"))
    }
    return faults
  }
}
