/// Moves over JSON text without building anything: RFC 8259, with control bytes in strings and
/// Python's `NaN` and `Infinity` tolerated. Every function gives nil at malformed or cut text.
enum JSONScanner {
  /// The first byte at or after `index` that is no white space; the count when there is none.
  static func skipSpace(_ text: Span<UInt8>, from index: Int) -> Int {
    var index = index
    while index < text.count, isSpace(text[index]) { index += 1 }
    return index
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Where the string ends whose content starts at `start`: the index of its closing quote.
  static func endOfString(_ text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == 0x22 { return index }
      index += byte == 0x5C ? 2 : 1
    }
    return nil
  }

  /// The value that starts at `start`, which is no white space, and the index behind it.
  static func value(_ text: Span<UInt8>, at start: Int) -> (value: FieldValue, end: Int)? {
    guard start < text.count else { return nil }
    switch text[start] {
    case 0x22:
      guard let end = endOfString(text, from: start + 1) else { return nil }
      return (FieldValue(kind: .string, range: start + 1..<end), end + 1)
    case 0x7B, 0x5B:
      guard let end = endOfNested(text, from: start) else { return nil }
      let kind: FieldValue.Kind = text[start] == 0x7B ? .object : .array
      return (FieldValue(kind: kind, range: start..<end), end)
    default:
      let end = endOfScalar(text, from: start)
      guard let kind = kindOfScalar(text, start..<end) else { return nil }
      return (FieldValue(kind: kind, range: start..<end), end)
    }
  }

  /// The index behind the object or array that starts at `start`. Only quotes and brackets are
  /// looked at, at most `Limits.jsonNestingLevels` deep. No recursion.
  static func endOfNested(_ text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    var depth = 0
    // One bit a level: set for an object, clear for an array.
    var isObject: UInt64 = 0
    while index < text.count {
      switch text[index] {
      case 0x22:
        guard let end = endOfString(text, from: index + 1) else { return nil }
        index = end
      case 0x7B, 0x5B:
        guard depth < Limits.jsonNestingLevels else { return nil }
        isObject = isObject << 1 | (text[index] == 0x7B ? 1 : 0)
        depth += 1
      case 0x7D, 0x5D:
        guard isObject & 1 == (text[index] == 0x7D ? 1 : 0) else { return nil }
        isObject >>= 1
        depth -= 1
        if depth == 0 { return index + 1 }
      default:
        break
      }
      index += 1
    }
    return nil
  }

  private static func endOfScalar(_ text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      switch text[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: index += 1
      default: return index
      }
    }
    return index
  }

  private static func kindOfScalar(_ text: Span<UInt8>, _ range: Range<Int>) -> FieldValue.Kind? {
    guard let first = range.first else { return nil }
    switch text[first] {
    case 0x30...0x39:
      return isNumber(text, range) ? .number : nil
    case 0x2D:
      return isNumber(text, first + 1..<range.upperBound) || name("-Infinity", text, range)
        ? .number : nil
    default:
      if name("true", text, range) || name("false", text, range) { return .boolean }
      if name("null", text, range) { return .null }
      return name("NaN", text, range) || name("Infinity", text, range) ? .number : nil
    }
  }

  private static func name(
    _ name: StaticString, _ text: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    name.matches(text, range)
  }

  /// Digits, then perhaps a fraction and an exponent.
  private static func isNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = skipDigits(text, range)
    guard index > range.lowerBound else { return false }
    if index < range.upperBound, text[index] == 0x2E {
      let end = skipDigits(text, index + 1..<range.upperBound)
      guard end > index + 1 else { return false }
      index = end
    }
    if index < range.upperBound, text[index] | 0x20 == 0x65 {
      index += 1
      if index < range.upperBound, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
      let end = skipDigits(text, index..<range.upperBound)
      guard end > index else { return false }
      index = end
    }
    return index == range.upperBound
  }

  private static func skipDigits(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, text[index] &- 0x30 < 10 { index += 1 }
    return index
  }
}
