/// Finds the name that a person most likely meant.
package enum NearestName {
  /// Longer words, in characters, are no misspelt names, and are only compared by letter case.
  private static let longestWord = 64

  /// The candidate that is nearest to a word; `nil` where none is near.
  ///
  /// Near is a candidate that is at most as many edits away as a third of the longer one's length,
  /// and never more than four; the case of letters does not count. Where none is, a candidate that
  /// goes on from the word, of three characters or more, will do if it is the only one. Of several
  /// at the same distance the one that agrees in more letter cases wins, then the first.
  ///
  /// - Complexity: O(candidates · word length · candidate length), the lengths bounded by 64.
  package static func of(_ word: String, among candidates: [String]) -> String? {
    let exact = Array(word.unicodeScalars)
    let folded = Array(word.lowercased().unicodeScalars)
    var best: (distance: Int, exactDistance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      let cutOff = min(4, max(folded.count, other.count) / 3, best?.distance ?? .max)
      guard let distance = editDistance(folded, other, atMost: cutOff) else { continue }
      let exactDistance =
        editDistance(exact, Array(candidate.unicodeScalars), atMost: longestWord) ?? .max
      if let best, (best.distance, best.exactDistance) <= (distance, exactDistance) { continue }
      best = (distance, exactDistance, candidate)
    }
    return best?.name ?? onlyCompletion(of: word.lowercased(), among: candidates)
  }

  private static func onlyCompletion(of word: String, among candidates: [String]) -> String? {
    guard word.unicodeScalars.count >= 3 else { return nil }
    let completions = candidates.filter { $0.lowercased().hasPrefix(word) }
    return completions.count == 1 ? completions.first : nil
  }

  /// How many insertions, deletions, substitutions and swaps of neighbours lead from one word to
  /// the other, no part being edited twice; `nil` where it takes more than `limit`.
  ///
  /// This is the optimal string alignment distance, the restricted form of Damerau's and
  /// Levenshtein's (Damerau, CACM 7(3), 1964), in three rows of its table.
  static func editDistance(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int
  ) -> Int? {
    if left == right { return 0 }
    guard max(left.count, right.count) <= longestWord, abs(left.count - right.count) <= limit else {
      return nil
    }
    var rows = (before: [Int](), last: Array(0...right.count), current: [Int]())
    for i in left.indices {
      rows.current = [i + 1]
      for j in right.indices {
        let isSame = left[i] == right[j]
        var edits = min(rows.last[j] + (isSame ? 0 : 1), rows.last[j + 1] + 1, rows.current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          edits = min(edits, rows.before[j - 1] + 1)
        }
        rows.current.append(edits)
      }
      // No later row is below the least of the two that it is made of.
      guard min(rows.last.min() ?? 0, rows.current.min() ?? 0) <= limit else { return nil }
      (rows.before, rows.last) = (rows.last, rows.current)
    }
    return rows.last[right.count] <= limit ? rows.last[right.count] : nil
  }
}
