/// The letters and words that a pattern speaks of: what a line is made of that is to cost it much.
///
/// It reads the pattern roughly, for no more than material: what is read wrongly makes a line that
/// costs little, never a wrong answer.
struct PatternAlphabet {
  /// Each once, in the order in which the pattern names them.
  private(set) var letters: [UInt8] = []
  /// Runs of two and more letters that stand for themselves.
  private(set) var words: [[UInt8]] = []
  private var word: [UInt8] = []

  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var index = 0
    while index < bytes.count { index = read(bytes, at: index) }
    endWord()
  }

  /// Takes what begins at `index`; returns where the next thing begins.
  private mutating func read(_ bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\\"):
      return index + 1 < bytes.count ? readEscape(bytes, at: index + 1) : index + 1
    case UInt8(ascii: "("):
      endWord()
      return endOfGroupHead(bytes, at: index + 1)
    case UInt8(ascii: "{"):
      let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: "}"))
      if end == nil { add(bytes[index]) }
      return (end ?? index) + 1
    case UInt8(ascii: "["):
      endWord()
      return index + 1
    case UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "]"),
      UInt8(ascii: "."):
      endWord()
      return index + 1
    default:
      add(bytes[index])
      return index + 1
    }
  }

  private mutating func readEscape(_ bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "d"): add(class: "0")
    case UInt8(ascii: "s"), UInt8(ascii: "h"), UInt8(ascii: "W"): add(class: " \t")
    case UInt8(ascii: "w"), UInt8(ascii: "S"), UInt8(ascii: "D"): add(class: "a0_")
    case UInt8(ascii: "t"): add(0x09)
    case UInt8(ascii: "n"): add(0x0A)
    case UInt8(ascii: "x"):
      let digits = bytes[(index + 1)...].prefix(2)
      guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
        return index + 1
      }
      add(value)
      return index + 1 + digits.count
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      // An assertion, a reference, a property: nothing of its own.
      endWord()
    default: add(bytes[index])
    }
    return index + 1
  }

  /// Behind `?:`, `?<name>`, `?i)` or `*VERB)` of a group.
  private func endOfGroupHead(_ bytes: [UInt8], at index: Int) -> Int {
    guard index < bytes.count else { return index }
    if bytes[index] == UInt8(ascii: "*") {
      return (bytes[index...].firstIndex(of: UInt8(ascii: ")")) ?? index) + 1
    }
    guard bytes[index] == UInt8(ascii: "?") else { return index }
    var end = index + 1
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: ">"),
        UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "'"):
        return end + 1
      default: end += 1
      }
    }
    return end
  }

  private mutating func add(_ letter: UInt8) {
    word.append(letter)
    addLetter(letter)
  }

  private mutating func add(class letters: StaticString) {
    endWord()
    for letter in Array("\(letters)".utf8) { addLetter(letter) }
  }

  private mutating func addLetter(_ letter: UInt8) {
    guard letters.count < Limits.hostileLetters, letter < 0x80, !letters.contains(letter) else {
      return
    }
    letters.append(letter)
  }

  private mutating func endWord() {
    defer { word.removeAll() }
    guard word.count > 1, words.count < Limits.hostileWords, !words.contains(word) else { return }
    words.append(word)
  }
}
