/// What decides whether a host can lower a guest's MTU ("NVGRE MTU reduction", TechNet wiki).
struct GuestProfile: Sendable {
  /// The guest's operating system.
  enum System: String, CaseIterable, Sendable {
    /// Windows Server 2008 or later.
    case windows
    /// Linux before KB3021753.
    case linux
  }

  /// The guest's network adapter.
  enum Adapter: String, CaseIterable, Sendable {
    /// One that knows its host.
    case synthetic
    /// An emulated one.
    case legacy
  }

  /// When the adapter's port was given its virtual subnet.
  enum Moment: String, CaseIterable, Sendable {
    /// Before the guest started, which is when the MTU is chosen.
    case beforeBoot
    /// While the guest ran.
    case afterBoot
  }

  var system = System.windows
  var adapter = Adapter.synthetic
  var virtualSubnetSet = Moment.beforeBoot

  /// Why a host cannot lower the guest's MTU; `nil` where it can.
  var obstacle: String? {
    if system == .linux { return "Linux guests ignore the host's MTU" }
    if adapter == .legacy { return "a legacy adapter ignores the host's MTU" }
    if virtualSubnetSet == .afterBoot { return "its VSID was set after it started" }
    return nil
  }
}

extension HNVDerivation {
  /// Reads what the section says of guests; all others are as Microsoft's conditions have them.
  mutating func readGuests() {
    for guest in section.guests {
      let names = intent.machines.map(\.name)
      guard let machine = names.firstIndex(of: guest.machine.text) else {
        refuse(guest.machine, "not a machine", among: names)
        continue
      }
      var facts = GuestProfile()
      read(guest.system, into: &facts.system)
      read(guest.adapter, into: &facts.adapter)
      read(guest.virtualSubnetSet, into: &facts.virtualSubnetSet)
      guests[machine] = facts
    }
  }

  private mutating func read<Value: RawRepresentable<String> & CaseIterable>(
    _ written: Written?, into value: inout Value
  ) {
    guard let written else { return }
    if let known = Value(rawValue: written.text) {
      value = known
    } else {
      refuse(written, "not one of the choices", among: Value.allCases.map(\.rawValue))
    }
  }
}
