extension NetworkPolicy {
  /// Everything that is wrong with the network: errors first, each in declared order.
  ///
  /// Hosts with equal records and routes are checked once; diagnostics name the first of them.
  ///
  /// - Complexity: O(*n* log *n*) for *n* entries of different policies, and a comparison of each
  ///   host's records and routes with those of every different policy, which takes constant time
  ///   where they share storage.
  public func check() -> [Diagnostic] {
    let report = Diagnostics(diagnostics(in: PolicyView(hosts)))
    return report.errors + report.warnings
  }

  /// Makes all the updates, one after the other, or none; hosts that share records and routes and
  /// get the same change share them afterwards.
  ///
  /// - Returns: the warnings of the changed network.
  /// - Throws: a diagnostic for every change that cannot be made, or else every error of the
  ///   changed network; this network is then unchanged.
  /// - Complexity: that of `check()`, and for each change O(*n*) in the entries of its hosts.
  @discardableResult
  public mutating func apply(_ updates: [PolicyUpdate]) throws(Diagnostics) -> [Diagnostic] {
    var changed = self
    var diagnostics: [Diagnostic] = []
    let numbers = hostNumbers
    for update in updates {
      var results = ChangeResults(update.change)
      for name in update.hosts {
        guard let host = numbers[name] else {
          diagnostics.append(PolicyUpdate.unknownHost(name))
          continue
        }
        do throws(MissingEntry) {
          try changed.hosts[host].policy.make(&results)
        } catch {
          diagnostics.append(error.diagnostic(on: name))
        }
      }
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    let report = Diagnostics(changed.check())
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    self = changed
    return report.warnings
  }

  /// The hosts by name; of hosts with one name the first.
  var hostNumbers: [String: Int] {
    var numbers: [String: Int] = [:]
    for (number, host) in hosts.enumerated() where numbers[host.name] == nil {
      numbers[host.name] = number
    }
    return numbers
  }

  /// What is wrong in a view of the network, in declared order.
  func diagnostics(in view: PolicyView) -> [Diagnostic] {
    let directory = HostDirectory(view)
    return (entryDiagnostics(in: view, directory) + disagreements(in: view, directory)).map {
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
    var ports = PortCheck(view, directory, recorded: recordedPorts(view))
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

  /// Entries that some hosts lack, and entries that differ between hosts.
  func disagreements(in view: PolicyView, _ directory: HostDirectory) -> [Diagnostic] {
    let groups = view.groups
    let families = ProviderFamilyCheck(hosts: hosts, groups: groups, directory: directory)
    let areFamiliesChecked = view.isWhole && families.isNeeded
    // Hosts with the same policy cannot disagree.
    guard groups.count > 1 || areFamiliesChecked else { return [] }
    let hostDomains = HostDomains(view)
    let drift = DriftCheck(
      hosts: hosts, groups: groups, hostDomains: hostDomains, directory: directory,
      settings: settings)
    var diagnostics =
      DeliveryCheck(hosts: hosts, groups: groups, hostDomains: hostDomains, drift: drift)
      .diagnostics()
    diagnostics += drift.diagnostics()
    if areFamiliesChecked { diagnostics += families.diagnostics(hostDomains) }
    return diagnostics
  }

  /// The adapters that each host has a record of, found once for all hosts of a group.
  private func recordedPorts(_ view: PolicyView) -> [Int: AdapterMap] {
    var recorded: [Int: AdapterMap] = [:]
    for group in view.groups {
      var ports = AdapterMap(for: group.records.count)
      for (index, record) in group.records { ports.update(AdapterKey(record), to: index) }
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
          "two hosts are named \(host.name)"))
    }
    return diagnostics
  }
}

/// Checks the records and routes that the hosts of a group share.
struct ForwardingCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func diagnostics() -> [Diagnostic] {
    RouteCheck(group: group, settings: settings).diagnostics()
      + PrefixCheck(group: group).diagnostics()
      + RecordCheck(group: group, settings: settings, directory: directory).diagnostics()
      + DuplicateRecordCheck(group: group, directory: directory).diagnostics()
      + ExternalGatewayCheck(group: group, settings: settings).diagnostics()
  }
}

extension HostPolicy {
  /// Makes a change.
  fileprivate mutating func make(_ results: inout ChangeResults) throws(MissingEntry) {
    guard try results.make(on: &forwarding, known: { _ in nil }) == nil else { return }
    _ = try ports.make(results.change)
  }
}
