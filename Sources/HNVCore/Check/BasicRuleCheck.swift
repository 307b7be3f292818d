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

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var seen: [Slot: Int] = [:]
    for (index, entry) in port.basicRules.enumerated() {
      let slot = Slot(
        direction: entry.direction, side: entry.side, addresses: entry.addresses,
        isMeter: entry.action == .meter)
      if let first = seen.updateValue(index, forKey: slot) {
        diagnostics.append(
          diagnostic(
            index, "selects the same as basic rule \(first + 1)", fix: "remove one of the two")
        )
      }
      if entry.action == .meter, entry.addresses.areMAC {
        diagnostics.append(
          diagnostic(
            index, "meters a MAC address", fix: "meter an IP address or prefix"))
      }
    }
    return diagnostics
  }

  private func diagnostic(_ index: Int, _ what: String, fix: String) -> Diagnostic {
    Diagnostic(
      .basicRuleForm, value: "basic rule \(index + 1)",
      "basic rule \(index + 1) of \(port.vmName) \(what)", fix: fix)
  }
}
