/// Swift source with comments and string literals set apart from code.
struct SwiftText {
  /// The code, with what interpolations hold; everything else is blanks, and lines stay lines.
  private(set) var code: [UInt8] = []

  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    code.reserveCapacity(bytes.count)
    readCode(isInterpolation: false)
  }

  private static let blank = UInt8(ascii: " ")
  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let hash = UInt8(ascii: "#")
  private static let backslash = UInt8(ascii: "\\")
  private static let opening = UInt8(ascii: "(")
  private static let closing = UInt8(ascii: ")")

  /// The byte some way behind the one at hand; 0 behind the end.
  private func byte(at distance: Int) -> UInt8 {
    index + distance < bytes.count ? bytes[index + distance] : 0
  }

  private mutating func skip(_ count: Int = 1) {
    for _ in 0..<min(count, bytes.count - index) {
      code.append(bytes[index] == Self.newline ? Self.newline : Self.blank)
      index += 1
    }
  }

  /// Reads code to the end, or to the parenthesis that closes an interpolation.
  private mutating func readCode(isInterpolation: Bool) {
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.slash, self.byte(at: 1) == Self.slash {
        while index < bytes.count, bytes[index] != Self.newline { skip() }
      } else if byte == Self.slash, self.byte(at: 1) == Self.star {
        skipBlockComment()
      } else if byte == Self.quote || (byte == Self.hash && isRawString) {
        readString()
      } else {
        if byte == Self.opening { depth += 1 }
        if byte == Self.closing {
          if isInterpolation, depth == 0 { return }
          depth -= 1
        }
        code.append(byte)
        index += 1
      }
    }
  }

  /// Whether quotation marks stand behind the number signs at hand.
  private var isRawString: Bool {
    var distance = 0
    while byte(at: distance) == Self.hash { distance += 1 }
    return byte(at: distance) == Self.quote
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if byte(at: 0) == Self.slash, byte(at: 1) == Self.star {
        depth += 1
        skip(2)
      } else if byte(at: 0) == Self.star, byte(at: 1) == Self.slash {
        depth -= 1
        skip(2)
      } else {
        skip()
      }
    } while depth > 0 && index < bytes.count
  }

  private mutating func readString() {
    var hashes = 0
    while bytes[index] == Self.hash {
      hashes += 1
      skip()
    }
    let quotes = byte(at: 1) == Self.quote && byte(at: 2) == Self.quote ? 3 : 1
    skip(quotes)
    while index < bytes.count {
      switch bytes[index] {
      case Self.quote where follow(Self.quote, quotes, hashes): return skip(quotes + hashes)
      case Self.backslash where follow(Self.backslash, 1, hashes):
        skip(1 + hashes)
        if byte(at: 0) == Self.opening {
          skip()
          readCode(isInterpolation: true)
        }
        skip()
      default: skip()
      }
    }
  }

  /// Whether a byte comes so many times, and then so many number signs.
  private func follow(_ wanted: UInt8, _ count: Int, _ hashes: Int) -> Bool {
    for distance in 0..<count + hashes
    where byte(at: distance) != (distance < count ? wanted : Self.hash) {
      return false
    }
    return true
  }
}

/// The types that a Swift file declares, and the capitalised names that it uses.
struct SwiftNames {
  /// A name, and where it stands.
  struct Use: Hashable {
    let name: String
    let line: Int
  }

  /// Types that every file of the module can name.
  private(set) var types: Set<String> = []
  /// Types within others, types of one file, and generic parameters.
  private(set) var local: Set<String> = []
  /// Capitalised names that do not stand behind a dot, without those that are declared there.
  private(set) var uses: [Use] = []

  private static let introducers: Set<String> = [
    "struct", "enum", "class", "protocol", "typealias", "actor", "associatedtype",
  ]
  private static let others: Set<String> = ["extension", "func", "let", "var", "import", "init"]

  init(_ text: SwiftText) {
    var (depth, line, isPrivate, isGeneric) = (0, 1, false, false)
    var (last, before): (String?, UInt8) = (nil, 0)
    var index = 0
    while index < text.code.count {
      let byte = text.code[index]
      guard Self.isWord(byte) else {
        switch byte {
        case UInt8(ascii: "\n"): line += 1
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"): depth -= 1
        default: break
        }
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { isPrivate = false }
        // What stands between a declared name and its parameters or its body is generic.
        if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "(") { isGeneric = false }
        if byte == UInt8(ascii: "<"), before == 0 { isGeneric = true }
        if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n") { before = byte }
        index += 1
        continue
      }
      let start = index
      while index < text.code.count, Self.isWord(text.code[index]) { index += 1 }
      let word = String(decoding: text.code[start..<index], as: UTF8.self)
      let isCapitalised = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text.code[start])
      let isQualified = start > 0 && text.code[start - 1] == UInt8(ascii: ".")
      if isCapitalised, before == 1, let introducer = last,
        Self.introducers.contains(introducer)
      {
        if depth > 0 || isPrivate || introducer == "associatedtype" {
          local.insert(word)
        } else {
          types.insert(word)
        }
        isPrivate = false
        before = 0
      } else if isGeneric, isCapitalised, [UInt8(ascii: "<"), UInt8(ascii: ",")].contains(before) {
        local.insert(word)
        before = 1
      } else {
        if isCapitalised, !isQualified { uses.append(Use(name: word, line: line)) }
        if word == "private" || word == "fileprivate" { isPrivate = true }
        if Self.others.contains(word) { isPrivate = false }
        before = last == "func" || word == "init" ? 0 : 1
      }
      last = word
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
