import HNVCore

/// Reads a lab's texts and resolves its names, noting everything that is wrong.
///
/// Each part of a lab has its own file: names first, since everything else refers to them.
struct IntentReader: TextReading {
  let lab: Lab
  var intent = Intent()
  var diagnostics: [Diagnostic] = []
  var elementNames = NameSpace<ElementID>()
  var networkNames = NameSpace<Int>()
  var subnetNames = NameSpace<Int>()
  var interfaceCount: UInt64 = 0
  /// Subnets and outside networks with a prefix that could not be read.
  var partial: Set<Intent.Interface.Attachment> = []
  /// The MAC addresses that the lab gives itself.
  let declaredMACs: Set<MACAddress>

  private init(lab: Lab) {
    self.lab = lab
    let written = lab.machines.flatMap { $0.interfaces.compactMap(\.mac) }
    declaredMACs = Set(written.compactMap { try? MACAddress(parsing: $0.text) })
  }

  /// The lab as intent, and what is wrong with it in itself.
  static func read(_ lab: Lab) -> (Intent, [Diagnostic]) {
    var reader = IntentReader(lab: lab)
    reader.readUnderlay()
    reader.readHosts()
    reader.readRouters()
    reader.readNetworks()
    reader.readOutside()
    reader.readMachines()
    reader.intent.elements = reader.elementNames.values
    reader.intent.keepOutsideOutside()
    reader.checkMachines()
    return (reader.intent, reader.diagnostics)
  }

  /// Does what may be refused, or notes the diagnostic; `false` when it was refused.
  @discardableResult
  mutating func attempt(_ action: (inout IntentReader) throws(Diagnostic) -> Void) -> Bool {
    do throws(Diagnostic) {
      try action(&self)
      return true
    } catch {
      diagnostics.append(error)
      return false
    }
  }

  /// Finds what a name means, or notes the diagnostic with the nearest name.
  mutating func find<Value>(
    _ written: Written, in names: NameSpace<Value>, _ kind: String,
    among known: (Intent) -> [String]
  ) -> Value? {
    if let value = names.values[written.text] { return value }
    diagnostics.append(
      .unknownName(written, "no \(kind) named \(written.text)", among: known(intent)))
    return nil
  }

  /// Checks a number that a lab gives against its range.
  mutating func check(
    _ number: UInt64?, in range: ClosedRange<UInt64>, _ what: String, at place: Place
  ) -> UInt64? {
    guard let number else { return nil }
    guard range.contains(number) else {
      diagnostics.append(
        Diagnostic(
          .numberOutOfRange, value: "\(number)",
          "\(what) \(number) is outside \(range.lowerBound) to \(range.upperBound)", at: place))
      return nil
    }
    return number
  }

  mutating func readRoute(_ route: Lab.Route) -> Intent.Route? {
    let prefix = readPrefix(route.to)
    let via = readAddress(route.via)
    let metric = check(
      route.metric, in: 0...UInt64(UInt32.max), "the metric", at: route.to.place)
    guard let prefix, let via else { return nil }
    guard via.family == prefix.family, !via.isMulticast, !via.isUnspecified,
      !via.isLimitedBroadcast
    else {
      diagnostics.append(
        Diagnostic(
          .routeForm, value: "\(via)", "\(via) cannot be the next hop to \(prefix)",
          at: route.via.place))
      return nil
    }
    return Intent.Route(
      prefix: prefix, via: via, metric: UInt32(metric ?? 0), place: route.via.place)
  }
}
