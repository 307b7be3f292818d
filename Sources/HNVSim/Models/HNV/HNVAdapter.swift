import HNVCore

/// A machine's adapter as a host knows it.
struct HNVAdapter {
  let macAddress: MACAddress
  /// `nil` without one: the port is the switch's alone.
  let virtualSubnetID: VirtualSubnetID?

  /// Whether a port has the adapter's MAC address and virtual subnet.
  func isThat(of port: VMPort) -> Bool {
    macAddress == port.macAddress && virtualSubnetID == port.virtualSubnetID
  }
}
