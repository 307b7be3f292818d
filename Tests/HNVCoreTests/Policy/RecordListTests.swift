import HNVCore
import Testing

/// The list of records against an array.
struct RecordListTests {
  @Test(arguments: UInt64(0)..<6)
  func `it is changed as an array is`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let article = try Article()
    let record = article.record(of: article.a)
    func next() -> LookupRecord {
      var next = record
      next.macAddress = MACAddress(bits: UInt64.random(in: 0..<1 << 40, using: &random))
      return next
    }
    // Around a multiple of the length of a chunk, 64.
    var expected = (0..<[0, 1, 511, 512, 513, 1_600][Int(seed)]).map { _ in next() }
    var list = RecordList(expected)
    for _ in 0..<40 {
      let place = Int.random(in: 0...expected.count, using: &random)
      let old = list
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        let record = next()
        expected.append(record)
        list.append(record)
      case 1:
        let record = next()
        expected.insert(record, at: place)
        list.insert(record, at: place)
      case 2 where place < expected.count:
        #expect(list.remove(at: place) == expected.remove(at: place))
      case 3 where place < expected.count:
        expected[place].usesVMMACAddress.toggle()
        list[place].usesVMMACAddress.toggle()
        #expect(list != old)
      case 4:
        let more = (0..<700).map { _ in next() }
        expected += more
        list += more
      default:
        expected.removeAll { $0.macAddress.bits % 5 == 0 }
        list.removeAll { $0.macAddress.bits % 5 == 0 }
      }
      #expect(Array(list) == expected && list.count == expected.count)
      #expect(list == RecordList(expected) && list.hashValue == RecordList(expected).hashValue)
      #expect(list.indices.allSatisfy { list[$0] == expected[$0] })
    }
  }

  @Test func `a copy keeps what it was when the list changes`() throws {
    let article = try Article()
    let record = article.record(of: article.a)
    var list = RecordList(Array(repeating: record, count: 1_000))
    let copy = list
    list[700].isUnusable = true
    #expect(copy.allSatisfy { !$0.isUnusable })
    #expect(list.filter { $0.isUnusable }.count == 1)
    #expect(list != copy)
  }

  @Test func `it grows and shrinks across the end of a group of chunks`() throws {
    let article = try Article()
    // A group has 128 chunks of 64 records.
    let expected = (0..<8_195).map { number in
      var record = article.record(of: article.a)
      record.macAddress = MACAddress(bits: UInt64(number))
      return record
    }
    var list = RecordList(expected)
    for count in [8_194, 8_193, 8_192, 8_191, 8_128, 0] {
      list.removeLast(list.count - count)
      #expect(list == RecordList(expected[..<count]) && list.count == count)
      var longer = list
      longer += expected[count...]
      #expect(longer == RecordList(expected))
    }
  }
}
