/// Where the fields of a frame are that decide how it is read, found without the code under test.
///
/// It follows a frame inwards and, when asked to repair, makes lengths and checksums right on its
/// way out again.
struct FrameAnatomy {
  /// Fields by their bytes: types, lengths, flags.
  private(set) var fields: [Range<Int>] = []

  /// Where a frame or a packet stands within another.
  private(set) var bodies: [Int] = []

  private var bytes: [UInt8]
  private let repairs: Bool
  private let keepsLengths: Bool

  init(of frame: [UInt8]) { self.init(frame, repairs: false, keepsLengths: true) }

  private init(_ frame: [UInt8], repairs: Bool, keepsLengths: Bool) {
    bytes = frame
    self.repairs = repairs
    self.keepsLengths = keepsLengths
    visitFrame(at: 0, depth: 0)
  }

  static func repair(_ frame: inout [UInt8], keepsLengths: Bool) {
    frame = FrameAnatomy(frame, repairs: true, keepsLengths: keepsLengths).bytes
  }

  private func byte(_ index: Int) -> Int { index < bytes.count ? Int(bytes[index]) : 0 }

  private func word(_ index: Int) -> Int { byte(index) << 8 | byte(index + 1) }

  private mutating func put(_ value: Int, at index: Int) {
    guard repairs, index + 1 < bytes.count else { return }
    bytes[index] = UInt8(truncatingIfNeeded: value >> 8)
    bytes[index + 1] = UInt8(truncatingIfNeeded: value)
  }

  private mutating func note(_ index: Int, _ count: Int = 1) {
    if index + count <= bytes.count { fields.append(index..<index + count) }
  }

  private mutating func visitFrame(at start: Int, depth: Int) {
    guard depth < 8 else { return }
    note(start + 12, 2)
    let isTagged = word(start + 12) == 0x8100
    let payload = start + (isTagged ? 18 : 14)
    if isTagged { note(start + 16, 2) }
    switch word(payload - 2) {
    case 0x0806: for index in 0..<8 { note(payload + index) }
    case 0x0800: visitV4(at: payload, depth)
    case 0x86dd: visitV6(at: payload, depth)
    default: break
    }
  }

  private mutating func visitV4(at start: Int, _ depth: Int) {
    guard start + 20 <= bytes.count else { return }
    note(start)
    note(start + 2, 2)
    note(start + 6, 2)
    note(start + 9)
    let header = byte(start) & 0xf
    visit(byte(start + 9), at: start + header * 4, addresses: start + 12..<start + 20, depth)
    if !keepsLengths { put(bytes.count - start, at: start + 2) }
    seal(start..<start + header * 4, at: start + 10)
  }

  private mutating func visitV6(at start: Int, _ depth: Int) {
    guard start + 40 <= bytes.count else { return }
    note(start)
    note(start + 4, 2)
    note(start + 6)
    var next = byte(start + 6)
    var place = start + 40
    while [0, 43, 44, 60].contains(next), place + 8 <= bytes.count {
      for index in 0..<4 { note(place + index) }
      let isFragment = next == 44
      next = byte(place)
      place += isFragment ? 8 : 8 + 8 * byte(place + 1)
    }
    visit(next, at: place, addresses: start + 8..<start + 40, depth)
    if !keepsLengths { put(bytes.count - start - 40, at: start + 4) }
  }

  private mutating func visit(
    _ number: Int, at start: Int, addresses: Range<Int>, _ depth: Int
  ) {
    guard start + 8 <= bytes.count else { return }
    switch number {
    case 1, 58:
      for index in [0, 1, 4] { note(start + index) }
      bodies.append(start + 8)
      // The option's type and length of neighbour discovery, or those of the quoted packet.
      for index in [8, 24, 25, 40, 41] { note(start + index) }
      seal(start..<bytes.count, at: start + 2, number == 58 ? addresses : nil, number)
    case 6:
      note(start + 12)
      note(start + 13)
      seal(start..<bytes.count, at: start + 16, addresses, number)
    case 17:
      note(start + 2, 2)
      note(start + 4, 2)
      note(start + 6, 2)
      switch word(start + 2) {
      case 4789: visitTunnel(at: start + 8, depth)
      case 6081: visitTunnel(at: start + 8, optionWords: byte(start + 8) & 0x3f, depth)
      case 6635: visitLabel(at: start + 8, depth)
      default: break
      }
      if !keepsLengths { put(bytes.count - start, at: start + 4) }
      if word(start + 6) != 0 { seal(start..<bytes.count, at: start + 6, addresses, number) }
    case 112:
      for index in 0..<6 { note(start + index) }
      seal(start..<bytes.count, at: start + 6, addresses, number)
    case 47 where word(start + 2) == 0x8847:
      for index in 0..<4 { note(start + index) }
      visitLabel(at: start + 4, depth)
    case 47: visitTunnel(at: start, depth)
    default: break
    }
  }

  /// GRE, VXLAN and Geneve alike have flags in their first word and an identifier in their second.
  private mutating func visitTunnel(at start: Int, optionWords: Int = 0, _ depth: Int) {
    let body = start + 8 + optionWords * 4
    for index in start..<body { note(index) }
    bodies.append(body)
    visitFrame(at: body, depth: depth + 1)
  }

  private mutating func visitLabel(at start: Int, _ depth: Int) {
    for index in 0..<5 { note(start + index) }
    let body = start + 4
    bodies.append(body)
    guard depth < 8 else { return }
    switch byte(body) >> 4 {
    case 4: visitV4(at: body, depth + 1)
    case 6: visitV6(at: body, depth + 1)
    default: visitFrame(at: body, depth: depth + 1)
    }
  }

  /// Writes the checksum of RFC 1071 over some bytes and a pseudo-header.
  private mutating func seal(
    _ range: Range<Int>, at place: Int, _ addresses: Range<Int>? = nil, _ number: Int = 0
  ) {
    guard repairs, range.upperBound <= bytes.count, place + 1 < bytes.count else { return }
    put(0, at: place)
    var sum = addresses == nil ? 0 : number + range.count
    for range in [range, addresses ?? 0..<0] {
      for (offset, index) in range.enumerated() {
        sum += offset % 2 == 0 ? byte(index) << 8 : byte(index)
      }
    }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    put(sum == 0xffff && number == 17 ? 0xffff : 0xffff - sum, at: place)
  }
}
