extension Step: Encodable {
  private enum Key: String, CodingKey {
    case action, detail, lookup, changes, setting, fix
  }

  /// Writes the step; what it does not have is left out.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(action.rawValue, forKey: .action)
    try object.encode(detail, forKey: .detail)
    try object.encodeIfPresent(lookup, forKey: .lookup)
    if !changes.isEmpty { try object.encode(changes, forKey: .changes) }
    try object.encodeIfPresent(setting, forKey: .setting)
    try object.encodeIfPresent(fix, forKey: .fix)
  }
}

extension Step.Lookup: Encodable {
  private enum Key: String, CodingKey { case table, key, match, notChosen, nearest }

  /// Writes the look-up; `match` is `null` on a miss.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(table, forKey: .table)
    try object.encode(key, forKey: .key)
    try object.encode(match, forKey: .match)
    try object.encode(notChosen, forKey: .notChosen)
    try object.encode(nearest, forKey: .nearest)
  }
}

extension Step.Beaten: Encodable {
  private enum Key: String, CodingKey { case entry, why }

  /// Writes the entry and why it was not chosen.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(entry, forKey: .entry)
    try object.encode(why, forKey: .why)
  }
}

extension Step.Change: Encodable {
  private enum Key: String, CodingKey { case field, before, after }

  /// Writes the field, before and after.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(field, forKey: .field)
    try object.encode(before, forKey: .before)
    try object.encode(after, forKey: .after)
  }
}
