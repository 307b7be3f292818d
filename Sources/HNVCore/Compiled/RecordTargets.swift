/// The locations of a policy's records, each once.
struct RecordTargets: Sendable {
  private var all: [Location] = []
  private var places: [Location: Int] = [:]

  /// The place of a record's location; `Location.others` where no more can be told apart.
  mutating func place(of record: LookupRecord) -> Int {
    let location = Location(record)
    if let known = places[location] { return known }
    guard all.count < Location.others else { return Location.others }
    all.append(location)
    places[location] = all.count - 1
    return all.count - 1
  }

  /// Where a record leads.
  @inline(__always)
  func location(of host: HostRoute, _ records: RecordList) -> Location {
    host.location == Location.others ? Location(records[host.record]) : all[host.location]
  }
}

/// Where records lead: what all machines of one host have in common.
struct Location: Hashable, Sendable {
  let providerAddress: IPAddress
  let rule: LookupRecord.TranslationMethod
  let usesVMMACAddress: Bool

  init(_ record: LookupRecord) {
    providerAddress = record.providerAddress
    rule = record.rule
    usesVMMACAddress = record.usesVMMACAddress
  }

  /// The place that stands for all locations beyond as many as can be named.
  static let others = PackedRecord.locationLimit
}
