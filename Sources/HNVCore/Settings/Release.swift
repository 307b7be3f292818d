/// The releases of Windows Server whose HNV is simulated; each is a preset of `Settings`.
public enum Release: String, Hashable, Sendable, CaseIterable {
  /// Windows Server 2012: a filter below the switch.
  case windowsServer2012 = "2012"
  /// Windows Server 2012 R2: HNVv1 inside the switch; the default.
  case windowsServer2012R2 = "2012R2"
  /// Windows Server 2016: HNVv2.
  case windowsServer2016 = "2016"
}
