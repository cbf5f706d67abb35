/// The lines that a rule's pattern is tried on. They depend on the rule alone, so that every machine
/// tries the same ones.
///
/// What makes a backtracking matcher run away is a stretch that the pattern can cut in many ways, and
/// an end that fits none of them. So each line repeats something that the pattern or its samples speak
/// of, and most end with a byte that nothing expects.
struct HostileLines {
  /// Bytes that patterns of log lines repeat, whatever the pattern.
  private static let commonLetters = Array("a0 \t\"'/\\.-_:=,;()[]<>{}@%xA|".utf8)
  private static let mixtures = [
    "a ", "a.", "a/", "0.", "0,", "a0", "a=1 ", "\"a\" ", "a, ", "é", "\\\"", "a-", "[a] ",
  ].map { Array($0.utf8) }

  let rule: Rule
  private let subjects: [[UInt8]]
  private let alphabet: PatternAlphabet

  init(rule: Rule) {
    self.rule = rule
    subjects = rule.samples.prefix(Limits.hostileSamples).flatMap {
      SampleText.subjects($0.text).prefix(1)
    }
    alphabet = PatternAlphabet(rule.pattern?.text ?? "")
  }

  /// Hands out one line after the other until `body` answers false.
  func walk(_ body: (HostileLine) -> Bool) {
    for unit in units {
      guard tryRun(unit, body) else { return }
    }
    for subject in subjects where !subject.isEmpty {
      guard tryWhole(subject, body), tryCuts(subject, body), tryPumps(subject, body) else { return }
    }
  }

  /// What is repeated over a whole line: single letters, pairs of them, words.
  private var units: [[UInt8]] {
    var units: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    func add(_ unit: [UInt8]) {
      if !unit.isEmpty, seen.insert(unit).inserted { units.append(unit) }
    }
    for letter in alphabet.letters + Self.commonLetters { add([letter]) }
    Self.mixtures.forEach(add)
    for word in alphabet.words {
      add(word)
      add(word + [0x20])
    }
    let letters = alphabet.letters.prefix(8)
    for first in letters {
      for second in letters where second != first { add([first, second]) }
    }
    add(alphabet.letters)
    return units
  }

  /// One line with each ending.
  private func tryEndings(
    of bytes: [UInt8], _ shape: HostileLine.Shape, rest: [UInt8], _ body: (HostileLine) -> Bool
  ) -> Bool {
    HostileLine.Ending.allCases.allSatisfy {
      body(HostileLine(bytes, shape, $0, rest: rest))
    }
  }

  private func tryRun(_ unit: [UInt8], _ body: (HostileLine) -> Bool) -> Bool {
    tryEndings(
      of: Self.repeated(unit, toBytes: Limits.hostileRunBytes), .run(unit: unit),
      rest: alphabet.letters, body)
  }

  private func tryWhole(_ subject: [UInt8], _ body: (HostileLine) -> Bool) -> Bool {
    tryEndings(
      of: Self.repeated(subject, toBytes: Limits.hostileRunBytes), .repeatedSample, rest: subject,
      body)
  }

  private func tryCuts(_ subject: [UInt8], _ body: (HostileLine) -> Bool) -> Bool {
    let quarter = subject.count / 4
    let places = Set([subject.count - 1, 3 * quarter, 2 * quarter, quarter]).sorted()
    return places.filter { $0 > 0 }.allSatisfy { place in
      tryEndings(
        of: Array(subject.prefix(place)), .cutSample(bytes: place),
        rest: Array(subject[place...]), body)
    }
  }

  /// The sample with a stretch of it, or a letter of the pattern, repeated in its place.
  private func tryPumps(_ subject: [UInt8], _ body: (HostileLine) -> Bool) -> Bool {
    let tokens = SampleTokens.ranges(of: subject)
    let step = max(1, (tokens.count + Limits.hostilePlaces - 1) / Limits.hostilePlaces)
    for index in stride(from: 0, to: tokens.count, by: step) {
      let place = tokens[index].lowerBound
      let rest = Array(subject[tokens[index].upperBound...])
      var units: [[UInt8]] = []
      for length in 1...3 where index + length <= tokens.count {
        units.append(Array(subject[place..<tokens[index + length - 1].upperBound]))
      }
      for letter in alphabet.letters.prefix(6) { units.append([letter]) }
      for unit in units {
        let pumped =
          Array(subject.prefix(place)) + Self.repeated(unit, toBytes: Limits.hostilePumpBytes)
        guard tryEndings(of: pumped, .pumpedSample(at: place, unit: unit), rest: rest, body) else {
          return false
        }
      }
    }
    return true
  }

  /// As many whole units as fit into `limit` bytes, one at least.
  private static func repeated(_ unit: [UInt8], toBytes limit: Int) -> [UInt8] {
    let count = max(1, limit / unit.count)
    var bytes = unit
    bytes.reserveCapacity(count * unit.count)
    while bytes.count < count * unit.count {
      bytes += bytes.prefix(count * unit.count - bytes.count)
    }
    return bytes
  }
}

/// Cuts a line into runs of letters, runs of digits, and single other bytes.
enum SampleTokens {
  static func ranges(of bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let kind = kind(bytes[start])
      var end = start + 1
      while kind != .other, end < bytes.count, self.kind(bytes[end]) == kind { end += 1 }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  private enum Kind { case letter, digit, other }

  private static func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF:
      .letter
    default: .other
    }
  }
}
