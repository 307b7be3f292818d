extension PortFilter {
  /// A rule that matches a frame and did not decide about it.
  public struct NotChosen: Hashable, Sendable {
    /// The rule.
    public let ground: Ground
    /// Why it did not decide.
    public let cause: Cause
  }

  /// Why a rule that matches did not decide.
  public enum Cause: Hashable, Sendable {
    /// An extended rule of higher weight decided.
    case lowerWeight
    /// A state lets the flow pass before any extended rule is evaluated.
    case state
    /// A more exact entry of the basic list comes first, or an equal one that denies.
    case lessExact
    /// The other list denies, or decides where it matches, by setting.
    case otherList
    /// The rule lets the frame pass as well.
    case agrees
  }

  /// The rules that match a frame besides the one that decided: who would have decided next.
  ///
  /// Those of the deciding list stand first, each list in its own order.
  public func notChosen(
    by ground: Ground, _ frame: EthernetFrame, _ direction: AccessRule.Direction
  ) -> [NotChosen] {
    let extended = beatenRules(by: ground, frame, direction)
    let basic = beatenEntries(by: ground, frame, direction)
    if case .basic = ground { return basic + extended }
    return extended + basic
  }

  private func beatenRules(
    by ground: Ground, _ frame: EthernetFrame, _ direction: AccessRule.Direction
  ) -> [NotChosen] {
    guard let packet = frame.packet else { return [] }
    var notChosen: [NotChosen] = []
    for (index, rule) in rules(direction).enumerated()
    where rule.matches(packet) && ground != .extended(index) {
      let cause: Cause =
        switch ground {
        case .state: .state
        case .extended: .lowerWeight
        case .basic, .nothing: notChosen.isEmpty ? .otherList : .lowerWeight
        }
      notChosen.append(NotChosen(ground: .extended(index), cause: cause))
    }
    return notChosen
  }

  private func beatenEntries(
    by ground: Ground, _ frame: EthernetFrame, _ direction: AccessRule.Direction
  ) -> [NotChosen] {
    let decider = decidingEntry(frame, direction)
    var notChosen: [NotChosen] = []
    for (index, entry) in port.basicRules.enumerated()
    where entry.direction == direction && entry.action != .meter && entry.matches(frame)
      && ground != .basic(index)
    {
      let isDecider = index == decider
      let agrees = entry.action == .allow && settings.accessLists == .bothMustAllow
      let cause: Cause = !isDecider ? .lessExact : agrees ? .agrees : .otherList
      notChosen.insert(
        NotChosen(ground: .basic(index), cause: cause), at: isDecider ? 0 : notChosen.count)
    }
    return notChosen
  }
}
