import Bytes

/// The level of a line of no known format, in one of the first fields behind its time.
struct GenericLevel {
  var severity: Severity?
  /// Where the message starts: behind the level if there is one, else behind the signs that part the
  /// time from the text.
  var messageStart: Int
  private var numbers = 0

  /// Looks at brackets, numbers, `key=value` and a word in capitals or before a colon. The first field
  /// that is nothing of the kind ends the search.
  init(_ text: Span<UInt8>, from start: Int) {
    var cursor = ByteCursor(start)
    Self.skipSigns(text, &cursor)
    messageStart = cursor.position
    for _ in 0..<Limits.genericLevelFields {
      guard let first = cursor.peek(text), skipField(text, &cursor, first) else { return }
      Self.skipSigns(text, &cursor)
      if severity != nil {
        messageStart = cursor.position
        return
      }
    }
  }

  private mutating func skipField(
    _ text: Span<UInt8>, _ cursor: inout ByteCursor, _ first: UInt8
  ) -> Bool {
    switch first {
    case 0x5B: return skipGroup(text, &cursor, closing: 0x5D)
    case 0x3C: return skipGroup(text, &cursor, closing: 0x3E)
    case 0x28: return skipGroup(text, &cursor, closing: 0x29)
    case 0x2A: return skipGroup(text, &cursor, closing: 0x2A)
    case 0x7B: return skipGroup(text, &cursor, closing: 0x7D)
    case 0x30...0x39:
      numbers += 1
      while let byte = cursor.peek(text), byte.isWord || byte == 0x23 { cursor.position += 1 }
      return true
    default: return takeWord(text, &cursor)
    }
  }

  /// `[error    ]`, `[warn:core]`, `<Error>`, `[15]`, `[Server thread/INFO]`. False when it is not
  /// closed near by.
  private mutating func skipGroup(
    _ text: Span<UInt8>, _ cursor: inout ByteCursor, closing: UInt8
  ) -> Bool {
    let limit = min(text.count, cursor.position + Limits.loggerNameBytes)
    var word = ByteCursor(cursor.position + 1)
    word.skip(0x20, in: text)
    severity = level(text, &word)
    var end = cursor.position + 1
    var slash: Int?
    while end < limit, text[end] != closing {
      if text[end] == 0x2F { slash = end }
      end += 1
    }
    guard end < limit else { return severity != nil }
    if severity == nil, let slash {
      word = ByteCursor(slash + 1)
      severity = level(text, &word)
      if word.position != end { severity = nil }
    }
    cursor.position = end + 1
    return true
  }

  private func level(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Severity? {
    guard let word = cursor.takeLetters(in: text), word.count >= 3 else { return nil }
    // `[error-pool-1]` is a thread.
    switch cursor.peek(text) {
    case 0x5D, 0x3E, 0x29, 0x2A, 0x7D, 0x20, 0x3A, 0x2F, 0x2C, 0x7C: break
    default: return nil
    }
    return Severity(word: text, word)
  }

  /// `ERROR`, `error:`, `WRN]`, Android's `D` behind two numbers, `pid=4242`.
  private mutating func takeWord(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Bool {
    let start = cursor.position
    guard let word = cursor.takeLetters(in: text) else { return false }
    let next = cursor.peek(text)
    if word.count == 1, next == 0x20, numbers >= 2 {
      severity = Severity(androidLetter: text[start])
      return severity != nil
    }
    let isField = next == 0x3A || next == 0x5D || text.isUppercaseWord(word)
    if word.count >= 3, isField, !(next?.isWord ?? false), next != 0x3D {
      severity = Severity(word: text, word)
      if severity != nil { return true }
    }
    while let byte = cursor.peek(text), byte.isWord { cursor.position += 1 }
    guard cursor.take(0x3D, in: text) else { return false }
    return !cursor.takeWord(in: text).isEmpty
  }

  private static func skipSigns(_ text: Span<UInt8>, _ cursor: inout ByteCursor) {
    while let byte = cursor.peek(text),
      byte == 0x20 || byte == 0x09 || byte == 0x2D || byte == 0x7C || byte == 0x5D || byte == 0x3A
        || byte == 0x3E || byte == 0x2C
    {
      cursor.position += 1
    }
  }
}
