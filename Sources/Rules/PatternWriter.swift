/// Writes the pattern of one line, token by token.
struct PatternWriter {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var pattern = ""
  private(set) var words: [String] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func write() {
    var parts: [(text: String, word: String?)] = []
    while index < bytes.count, index < Limits.proposalBytes { parts.append(next()) }
    // A pattern that begins with fixed letters costs least on lines that do not match.
    if let first = parts.firstIndex(where: { $0.word != nil }) { parts.removeFirst(first) }
    pattern = parts.map(\.text).joined()
    words = parts.compactMap(\.word)
    while let last = parts.last, last.text == " " || last.text == " +" {
      parts.removeLast()
      pattern = parts.map(\.text).joined()
    }
  }

  private mutating func next() -> (text: String, word: String?) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if let end = endOfQuote(byte) {
        index = end
        let quote = String(UnicodeScalar(byte))
        return ("\(quote)[^\(quote)]*\(quote)", nil)
      }
    case UInt8(ascii: "/") where index == 0 || !Self.isWord(bytes[index - 1]):
      if index + 1 < bytes.count, Self.isWord(bytes[index + 1]) {
        index = end(while: Self.isPath)
        return (#"/[^\s,;:"'()\[\]]*"#, nil)
      }
    case 0x20:
      let start = index
      index = end { $0 == 0x20 }
      return (index - start > 1 ? " +" : " ", nil)
    default: break
    }
    if Self.isWord(byte) { return word() }
    index += 1
    return (Self.escaped([byte]), nil)
  }

  private mutating func word() -> (text: String, word: String?) {
    let start = index
    index = end(while: Self.isWord)
    let token = Array(bytes[start..<index])
    if let size = uuidSize(from: start) {
      index = start + size
      return ("[0-9a-fA-F-]{36}", nil)
    }
    let digits = token.count(where: Self.isDigit)
    guard digits > 0 else {
      let text = String(decoding: token, as: UTF8.self)
      let isWord = token.count > 1 && token.contains(where: Self.isLetter)
      return (Self.escaped(token), isWord ? text : nil)
    }
    if digits == token.count {
      if let fraction = endOfFraction() {
        index = fraction
        return (#"\d+(?:\.\d+)*"#, nil)
      }
      return (#"\d+"#, nil)
    }
    if token.count >= 8, token.allSatisfy(Self.isHexadecimal) { return ("[0-9a-fA-F]+", nil) }
    if token.starts(with: Array("0x".utf8)), token.dropFirst(2).allSatisfy(Self.isHexadecimal) {
      return ("0x[0-9a-fA-F]+", nil)
    }
    let head = token.prefix { !Self.isDigit($0) }
    let tail = token.drop { !Self.isDigit($0) }
    if !head.isEmpty, tail.allSatisfy(Self.isDigit) {
      return (Self.escaped(Array(head)) + #"\d+"#, nil)
    }
    let unit = token.drop(while: Self.isDigit)
    if head.isEmpty, unit.count <= 3, unit.allSatisfy(Self.isLetter) {
      return (#"\d+"# + Self.escaped(Array(unit)), nil)
    }
    return (#"\w+"#, nil)
  }

  /// Behind the closing quote, when what is here opens a quoted text.
  private func endOfQuote(_ quote: UInt8) -> Int? {
    if index > 0, Self.isWord(bytes[index - 1]) { return nil }
    guard let close = bytes[(index + 1)...].firstIndex(of: quote) else { return nil }
    return close + 1
  }

  /// Behind `.31` and `.0.0.1` of a number.
  private func endOfFraction() -> Int? {
    var end = index
    while end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), Self.isDigit(bytes[end + 1]) {
      end += 1
      while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
    }
    // `5.31x` is no number; its parts stand for themselves.
    return end > index && (end == bytes.count || !Self.isWord(bytes[end])) ? end : nil
  }

  private func uuidSize(from start: Int) -> Int? {
    let candidate = bytes[start...].prefix(36)
    guard candidate.count == 36 else { return nil }
    for (offset, byte) in candidate.enumerated() {
      switch offset {
      case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return nil }
      default: if !Self.isHexadecimal(byte) { return nil }
      }
    }
    return 36
  }

  private func end(while isPart: (UInt8) -> Bool) -> Int {
    bytes[index...].firstIndex { !isPart($0) } ?? bytes.count
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\t": text += "\\t"
      case "\\", "^", "$", ".", "[", "]", "|", "(", ")", "?", "*", "+", "{", "}":
        text += "\\\(scalar)"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          text += "\\x{\(String(scalar.value, radix: 16))}"
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }

  private static func isPath(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"):
      false
    default: true
    }
  }
}
