extension ClassString {
  /// The string without classes at its ends that nearly every byte is in; nil when none is left.
  var withoutWideEnds: ClassString? {
    let isNarrow = { ByteLikelihood.share(of: $0) <= ByteLikelihood.wide }
    guard let first = classes.firstIndex(where: isNarrow),
      let last = classes.lastIndex(where: isNarrow)
    else { return nil }
    if last - first + 1 == classes.count { return self }
    return ClassString(Array(classes[first...last]))
  }

  /// The same strings in fewer: two that differ at one position only become one.
  static func merged(_ strings: [ClassString]) -> [ClassString] {
    var merged: [ClassString] = []
    for string in strings {
      var string = string
      while let other = merged.firstIndex(where: { $0.differsOnce(from: string) }) {
        let partner = merged.remove(at: other)
        for position in string.classes.indices {
          string.classes[position] = string.classes[position].union(partner.classes[position])
        }
      }
      merged.append(string)
    }
    return merged
  }

  private func differsOnce(from other: ClassString) -> Bool {
    guard classes.count == other.classes.count else { return false }
    var differences = 0
    for position in classes.indices where classes[position] != other.classes[position] {
      differences += 1
      if differences > 1 { return false }
    }
    return true
  }

  /// The same requirement in fewer strings: one that always comes with another one is left out.
  static func simplified(_ strings: [ClassString]) -> [ClassString] {
    var kept: [ClassString] = []
    let merged = merged(strings)
    for (index, string) in merged.enumerated() {
      let isImplied = merged.enumerated().contains { other, shorter in
        other != index && string.implies(shorter) && (other < index || !shorter.implies(string))
      }
      if !isImplied { kept.append(string) }
    }
    return kept
  }

  /// Whether a text with this string has the other too, in the same place.
  func implies(_ other: ClassString) -> Bool {
    guard other.classes.count <= classes.count else { return false }
    for start in 0...(classes.count - other.classes.count) {
      let isInside = other.classes.indices.allSatisfy {
        classes[start + $0].isSubset(of: other.classes[$0])
      }
      if isInside { return true }
    }
    return false
  }
}
