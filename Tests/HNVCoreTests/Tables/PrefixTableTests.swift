import Testing

@testable import HNVCore

struct PrefixTableTests {
  private func prefix(_ text: String) throws -> IPPrefix { try IPPrefix(parsing: text) }

  private func table(_ texts: [String]) throws -> PrefixTable<String> {
    var table = PrefixTable<String>()
    for text in texts { table.insert(text, for: try prefix(text)) }
    return table
  }

  static let article = [
    "0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "10.0.1.7/32", "192.168.0.0/16", "::/0",
    "2001:db8::/32", "2001:db8::7/128",
  ]

  @Test(arguments: [
    ("10.0.1.7", ["10.0.1.7/32", "10.0.1.0/24", "10.0.0.0/8", "0.0.0.0/0"]),
    ("10.0.1.6", ["10.0.1.0/24", "10.0.0.0/8", "0.0.0.0/0"]),
    ("10.0.2.7", ["10.0.0.0/8", "0.0.0.0/0"]), ("11.0.0.0", ["0.0.0.0/0"]),
    ("192.168.255.255", ["192.168.0.0/16", "0.0.0.0/0"]), ("255.255.255.255", ["0.0.0.0/0"]),
    ("2001:db8::7", ["2001:db8::7/128", "2001:db8::/32", "::/0"]),
    ("2001:db8::8", ["2001:db8::/32", "::/0"]), ("::10.0.1.7", ["::/0"]),
  ])
  func `the longest covering prefix wins over the others`(text: String, covering: [String]) throws {
    let table = try table(Self.article)
    let address = try IPAddress(parsing: text)
    #expect(table.longestMatch(for: address)?.value == covering.first)
    #expect(table.longestMatch(for: address)?.prefix.description == covering.first)
    #expect(table.matches(for: address).map(\.value) == covering)
    #expect(table.matches(for: address).map(\.prefix.description) == covering)
  }

  @Test func `an empty table answers nothing`() throws {
    var table = PrefixTable<Int>()
    let address = try IPAddress(parsing: "0.0.0.0")
    #expect(table.isEmpty)
    #expect(table.longestMatch(for: address) == nil)
    #expect(table.matches(for: address).isEmpty)
    #expect(table.nearestMiss(for: address) == nil)
    #expect(table[.everything(.v4)] == nil)
    #expect(table.remove(.everything(.v4)) == nil)
    #expect(Array(table).isEmpty)
    #expect(table.covered(by: .everything(.v6)).isEmpty)
  }

  @Test func `one family never answers for the other`() throws {
    let table = try table(["0.0.0.0/0", "10.0.0.0/8"])
    let address = try IPAddress(parsing: "::")
    #expect(table.longestMatch(for: address) == nil)
    #expect(table.nearestMiss(for: address) == nil)
    #expect(table[.everything(.v6)] == nil)
    #expect(table.covered(by: .everything(.v6)).isEmpty)
  }

  @Test func `a second value replaces the first and returns it`() throws {
    var table = PrefixTable<Int>()
    let prefix = try prefix("10.0.0.0/8")
    #expect(table.insert(1, for: prefix) == nil)
    #expect(table.insert(2, for: prefix) == 1)
    #expect(table.count == 1)
    #expect(table[prefix] == 2)
    #expect(table.remove(prefix) == 2)
    #expect(table.remove(prefix) == nil)
    #expect(table.isEmpty)
  }

  @Test func `an exact look-up takes no longer and no shorter prefix`() throws {
    // 10.0.0.0/15 is where the two paths part, and no entry.
    let table = try table(["10.0.0.0/16", "10.1.0.0/16"])
    #expect(table[try prefix("10.0.0.0/16")] == "10.0.0.0/16")
    for absent in ["10.0.0.0/15", "10.0.0.0/17", "10.0.0.0/8", "10.2.0.0/16", "0.0.0.0/0"] {
      #expect(table[try prefix(absent)] == nil)
    }
  }

  @Test(arguments: [
    // The host differs from the record in its last bits; the longer of two equally near wins.
    ("10.0.1.6", "10.0.1.7/32"), ("10.0.2.1", "10.0.1.7/32"), ("10.0.1.7", "192.168.0.0/16"),
    ("192.169.0.1", "192.168.0.0/16"), ("2001:db8::6", "2001:db8::7/128"), ("2001:db8::7", nil),
  ])
  func `the nearest miss shares the most leading bits`(text: String, nearest: String?) throws {
    let table = try table(Self.article)
    #expect(table.nearestMiss(for: try IPAddress(parsing: text))?.value == nearest)
  }

  @Test func `of equally near misses the longest counts, then the lowest`() throws {
    var table = try table(["12.0.0.0/8", "13.0.0.0/16", "12.128.0.0/16"])
    let address = try IPAddress(parsing: "8.0.0.1")
    #expect(table.nearestMiss(for: address)?.value == "12.128.0.0/16")
    table.remove(try prefix("12.128.0.0/16"))
    #expect(table.nearestMiss(for: address)?.value == "13.0.0.0/16")
  }

  @Test func `iteration ascends by family, address and length`() throws {
    let table = try table(Self.article.reversed())
    #expect(table.map(\.value) == Self.article)
    #expect(table.underestimatedCount == Self.article.count)
  }

  @Test func `the prefixes within another are found`() throws {
    let table = try table(Self.article)
    #expect(
      table.covered(by: try prefix("10.0.0.0/8")).map(\.value)
        == ["10.0.0.0/8", "10.0.1.0/24", "10.0.1.7/32"])
    #expect(table.covered(by: try prefix("10.0.1.0/25")).map(\.value) == ["10.0.1.7/32"])
    #expect(table.covered(by: try prefix("10.0.1.128/25")).isEmpty)
    #expect(table.covered(by: try prefix("10.0.1.7/32")).map(\.value) == ["10.0.1.7/32"])
    #expect(table.covered(by: .everything(.v6)).count == 3)
  }

  @Test func `a copy stays as it was`() throws {
    let original = try table(Self.article)
    var copy = original
    var iterator = copy.makeIterator()
    copy.remove(try prefix("10.0.0.0/8"))
    copy.insert("new", for: try prefix("10.0.1.0/24"))
    copy.insert("new", for: try prefix("172.16.0.0/12"))
    #expect(original.map(\.value) == Self.article)
    #expect(copy.map(\.value) != Self.article)
    var iterated: [String] = []
    while let match = iterator.next() { iterated.append(match.value) }
    #expect(iterated == Self.article)
  }

  @Test func `a removed value is let go`() throws {
    final class Token: Sendable {}
    var table = PrefixTable<Token>()
    weak var watched: Token?
    do {
      let token = Token()
      watched = token
      table.insert(token, for: try prefix("10.0.0.0/8"))
    }
    #expect(watched != nil)
    table.remove(try prefix("10.0.0.0/8"))
    #expect(watched == nil)
  }
}
