import HNVCore
import Testing

@testable import HNVSim

struct JSON5PlaceTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `values and keys know their lines whatever ends them`(lineEnd: String) throws {
    let lines = ["\u{FEFF}// é", "{", "  a: 'é', 'b': [ 1,", "", "  /* 🎼 */ true ]", "}"]
    let value = try read(lines.joined(separator: lineEnd))
    func place(_ line: UInt32, _ column: UInt32) -> Place {
      Place(file: "lab.json5", line: line, column: column)
    }
    #expect(value.place == place(2, 1))
    #expect(value.members.map(\.keyPlace) == [place(3, 3), place(3, 11)])
    #expect(value.members.map(\.value.place) == [place(3, 6), place(3, 16)])
    #expect(value["b"]?.items.map(\.place) == [place(3, 18), place(5, 11)])
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the cursor agrees with counting from the start each time`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces: [String] = ["a", "é", "🎼", "\n", "\r", "\r\n", "\u{2028}", "e\u{301}"]
    let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    var cursor = PlaceCursor(file: "f", startingAt: 0)
    for offset in text.unicodeScalars.indices where Bool.random(using: &random) {
      let place = cursor.place(
        at: text.utf8.distance(from: text.startIndex, to: offset), in: Array(text.utf8))
      #expect(place == slowPlace(of: offset, in: text))
    }
  }

  /// Splits the text before the offset into lines and counts; an end between \r and \n is none.
  private func slowPlace(of offset: String.Index, in text: String) -> Place {
    var lines: [[Unicode.Scalar]] = [[]]
    let scalars = Array(text.unicodeScalars)
    for index in 0..<text.unicodeScalars.distance(from: text.startIndex, to: offset) {
      let isHalf = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      if "\n\r".unicodeScalars.contains(scalars[index]), !isHalf {
        lines.append([])
      } else {
        lines[lines.count - 1].append(scalars[index])
      }
    }
    return Place(file: "f", line: UInt32(lines.count), column: UInt32(lines.last?.count ?? 0) + 1)
  }
}
