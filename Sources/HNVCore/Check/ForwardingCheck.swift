/// Checks the records and routes that a group of hosts was told.
struct ForwardingCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func diagnostics() -> [Diagnostic] {
    RouteCheck(group: group, settings: settings).diagnostics()
      + PrefixCheck(group: group).diagnostics()
      + RecordCheck(group: group, settings: settings, directory: directory).diagnostics()
      + DoubledRecordCheck(group: group, directory: directory).diagnostics()
      + ExternalGatewayCheck(group: group, settings: settings).diagnostics()
  }
}
