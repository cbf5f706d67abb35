/// The dotted name of a field, such as `request.method`, made once and looked up in many records.
package struct FieldPath: Sendable, Hashable {
  package let name: String
  private let bytes: [UInt8]

  package init(_ name: String) {
    self.name = name
    self.bytes = Array(name.utf8)
  }

  /// The field's first value in the JSON object, or the logfmt pairs, that start at `from`; white
  /// space before them is skipped. A dot in the name matches both a nested object and a dot within
  /// a key; keys with escapes match as they are written. Malformed text is searched up to the fault.
  /// Linear in the length.
  package func find(in text: Span<UInt8>, from: Int = 0) -> FieldValue? {
    guard from >= 0, !bytes.isEmpty else { return nil }
    let start = JSONScanner.skipSpace(text, from: from)
    guard start < text.count else { return nil }
    return text[start] == 0x7B ? findInJSON(text, from: start) : findInPairs(text, from: start)
  }

  private func findInPairs(_ text: Span<UInt8>, from start: Int) -> FieldValue? {
    var index = start
    while index < text.count {
      guard let pair = LogfmtScanner.pair(text, at: index) else {
        // Words between the pairs, such as a message in front of them, are passed over.
        while index < text.count, !LogfmtScanner.isSpace(text[index]) { index += 1 }
        index = JSONScanner.skipSpace(text, from: index)
        continue
      }
      if pair.key.count == bytes.count, matches(text, pair.key, at: 0) { return pair.value }
      index = JSONScanner.skipSpace(text, from: pair.end)
    }
    return nil
  }

  /// `starts` holds, for each open object on the way, how much of the name it has answered.
  private func findInJSON(_ text: Span<UInt8>, from start: Int) -> FieldValue? {
    var starts: InlineArray<64, Int> = .init(repeating: 0)
    var depth = 0
    var index = start + 1
    while true {
      index = JSONScanner.skipSpace(text, from: index)
      guard index < text.count else { return nil }
      switch text[index] {
      case 0x2C:
        index += 1
      case 0x7D:
        guard depth > 0 else { return nil }
        depth -= 1
        index += 1
      case 0x22:
        guard let keyEnd = JSONScanner.endOfString(text, from: index + 1) else { return nil }
        let key = index + 1..<keyEnd
        index = JSONScanner.skipSpace(text, from: keyEnd + 1)
        guard index < text.count, text[index] == 0x3A else { return nil }
        index = JSONScanner.skipSpace(text, from: index + 1)
        let answered = starts[depth] + key.count
        if answered <= bytes.count, matches(text, key, at: starts[depth]) {
          if answered == bytes.count { return JSONScanner.value(text, at: index)?.value }
          if bytes[answered] == 0x2E, index < text.count, text[index] == 0x7B, depth < 63 {
            depth += 1
            starts[depth] = answered + 1
            index += 1
            continue
          }
        }
        guard let (_, end) = JSONScanner.value(text, at: index) else { return nil }
        index = end
      default:
        return nil
      }
    }
  }

  private func matches(_ text: Span<UInt8>, _ key: Range<Int>, at start: Int) -> Bool {
    guard start + key.count <= bytes.count else { return false }
    for offset in 0..<key.count where text[key.lowerBound + offset] != bytes[start + offset] {
      return false
    }
    return true
  }
}
