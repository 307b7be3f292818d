/// Checks the records and routes that a group of hosts was told.
struct ForwardingCheck {
  let group: PolicyGroup
  let settings: Settings
  let directory: HostDirectory

  func faults() -> [Fault] {
    RouteCheck(group: group, settings: settings).faults()
      + PrefixCheck(group: group).faults()
      + RecordCheck(group: group, settings: settings, directory: directory).faults()
      + DoubledRecordCheck(group: group, directory: directory).faults()
      + ExternalGatewayCheck(group: group, settings: settings).faults()
  }
}
