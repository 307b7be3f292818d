/// Checks the basic access list of one port; whoever asks blames the port.
struct BasicRuleCheck {
  let port: VMPort

  /// What an entry selects; allow and deny share a list, meters have their own.
  private struct Slot: Hashable {
    let direction: AccessRule.Direction
    let side: BasicAccessRule.Side
    let addresses: BasicAccessRule.Addresses
    let isMeter: Bool
  }

  func faults() -> [Fault] {
    var faults: [Fault] = []
    var seen: [Slot: Int] = [:]
    for (index, entry) in port.basicRules.enumerated() {
      let slot = Slot(
        direction: entry.direction, side: entry.side, addresses: entry.addresses,
        isMeter: entry.action == .meter)
      if let first = seen.updateValue(index, forKey: slot) {
        faults.append(
          fault(index, "selects the same as basic rule \(first + 1)", mend: "remove one of the two")
        )
      }
      if entry.action == .meter, entry.addresses.areMAC {
        faults.append(
          fault(
            index, "meters a MAC address", mend: "meter an IP address or prefix"))
      }
    }
    return faults
  }

  private func fault(_ index: Int, _ what: String, mend: String) -> Fault {
    Fault(
      .basicRuleForm, value: "basic rule \(index + 1)",
      "basic rule \(index + 1) of \(port.vmName) \(what)", mend: mend)
  }
}
