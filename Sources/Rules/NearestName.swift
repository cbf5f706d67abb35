/// The name that a mistyped one was probably meant to be.
package enum NearestName {
  /// The candidate with the smallest edit distance to `name`, if that is small enough to be a slip:
  /// at most a third of the letters. A word that was cut short is near too. The first of equals
  /// wins.
  static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(name.utf8)
    guard letters.count <= 128 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let bound = max(letters.count, candidate.utf8.count) / 3
      var distance = editDistance(letters, Array(candidate.utf8.prefix(160)))
      if letters.count >= 3, candidate.hasPrefix(name) { distance = min(distance, bound) }
      if distance <= bound, best.map({ distance < $0.distance }) ?? true {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// `; did you mean "status"?`, or the empty text when nothing is near.
  package static func hint(_ name: String, among candidates: some Sequence<String>) -> String {
    of(name, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
  /// (optimal string alignment).
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var current = last
    for row in 0..<left.count {
      current[0] = row + 1
      for column in 0..<right.count {
        let isSame = left[row] == right[column]
        var cost = min(
          last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current[column + 1] = cost
      }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count]
  }
}
