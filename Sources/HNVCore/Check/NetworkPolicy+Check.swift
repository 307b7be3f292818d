extension NetworkPolicy {
  /// Everything that is wrong with the network: errors first, each in declared order.
  ///
  /// Hosts that hold equal records and routes are checked once, in the first one's name.
  ///
  /// - Complexity: O(*n* log *n*) for *n* entries of different policies, and a comparison of each
  ///   host's records and routes with those of every different policy, which takes constant time
  ///   where they share storage.
  public func check() -> [Diagnostic] {
    let report = Diagnostics(diagnostics(in: PolicyView(hosts)))
    return report.errors + report.warnings
  }

  /// What is wrong in a view of the network, in declared order.
  func diagnostics(in view: PolicyView) -> [Diagnostic] {
    let directory = HostDirectory(view)
    let diagnostics =
      view.isOfRecords
      ? view.groups.flatMap {
        RecordCheck(group: $0, settings: settings, directory: directory).diagnostics()
      } : entryDiagnostics(in: view, directory)
    return (diagnostics + disagreements(in: view, directory)).map {
      $0.adjustingSeverity(by: settings)
    }
  }

  /// What is wrong with entries by themselves, and with those of one host together.
  private func entryDiagnostics(in view: PolicyView, _ directory: HostDirectory) -> [Diagnostic] {
    var diagnostics = view.isWhole ? checkHostNames() : []
    for group in view.groups {
      diagnostics += ForwardingCheck(group: group, settings: settings, directory: directory)
        .diagnostics()
      diagnostics += MappingCheck(group: group, view: view).diagnostics()
    }
    var ports = PortCheck(view, recorded: recordedPorts(view))
    for host in view.hostsWithPorts {
      if view.isWhole { diagnostics += HostCheck(host: hosts[host]).diagnostics() }
      diagnostics += ports.diagnostics(of: host)
    }
    if view.isWhole { diagnostics += directory.providers.diagnostics }
    diagnostics += directory.duplicatePorts
    if view.isWhole {
      diagnostics += ProviderCheck(hosts: hosts, groups: view.groups, directory: directory)
        .diagnostics()
    }
    return diagnostics + DomainCheck(groups: view.groups).diagnostics()
  }

  /// What some hosts were told and others were not, or otherwise.
  private func disagreements(in view: PolicyView, _ directory: HostDirectory) -> [Diagnostic] {
    let groups = view.groups
    let participation = HostDomains(view)
    let drift = DriftCheck(
      hosts: hosts, groups: groups, participation: participation, directory: directory,
      settings: settings)
    var diagnostics =
      DeliveryCheck(hosts: hosts, groups: groups, participation: participation, drift: drift)
      .diagnostics()
    diagnostics += drift.diagnostics()
    if view.isWhole {
      diagnostics +=
        ProviderFamilyCheck(
          hosts: hosts, groups: groups, participation: participation, directory: directory
        ).diagnostics()
    }
    return diagnostics
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

  private func checkHostNames() -> [Diagnostic] {
    var seen: Set<String> = []
    var diagnostics: [Diagnostic] = []
    for host in hosts where !seen.insert(host.name).inserted {
      diagnostics.append(
        Diagnostic(
          .duplicateHost, in: .host(host.name), value: host.name,
          "two hosts are called \(host.name)"))
    }
    return diagnostics
  }
}
