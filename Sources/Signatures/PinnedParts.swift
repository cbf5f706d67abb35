import Bytes

/// What of an error's text must be equal for two errors to be the same kind, beyond what a rule
/// captures: the class of the error at the root of its chain, codes, names of tables and
/// constraints, and the innermost function of the user's own code.
///
/// Line numbers, addresses and values are no part of it: they change from release to release or from
/// request to request. All ranges are offsets into the text that was read.
package struct PinnedParts: Sendable {
  /// The error that began it: Python's first of a chain, Java's last `Caused by`.
  package internal(set) var rootClass: Range<Int>?
  /// The error that ended it, where that is another one.
  package internal(set) var outerClass: Range<Int>?
  /// The errors of a group.
  package internal(set) var groupedClasses = RangeList()
  /// Such as `42P01`, `ECONNREFUSED`, `AH01114`, `ORA-00942`.
  package internal(set) var codes = RangeList()
  /// Tables, columns, constraints and the like that a database names.
  package internal(set) var names = RangeList()
  /// File and function of the innermost frame that is no library's or runtime's.
  package internal(set) var frameFile: Range<Int>?
  package internal(set) var frameFunction: Range<Int>?
  /// The root error's class and message: what there is to mine of a traceback. Nil when the text
  /// shows no class.
  package internal(set) var headline: Range<Int>?

  package init() {}

  /// Reads a record's text, its continuation lines included.
  ///
  /// - Complexity: linear; at most `Limits.pinnedSearchBytes` from each end. Allocates nothing.
  package init(_ text: Span<UInt8>) {
    var reader = TraceReader()
    reader.read(text)
    self = reader.finished(text)
    codes.addCodes(of: text, in: firstLines(text))
    if let start = headline?.lowerBound {
      // SQLAlchemy gives it below the statement.
      let range = start..<min(text.count, start + 4 * Limits.messageBytes)
      if let page = text.first("sqlalche.me/e/", in: range) {
        codes.addPage(text, page + 8, range)
      }
    }
    names.addNames(of: text, in: firstLines(text))
  }

  /// The error's own message if there is one, else the first two lines: what lies behind repeats
  /// the user's words.
  private func firstLines(_ text: Span<UInt8>) -> Range<Int> {
    let start = headline?.lowerBound ?? 0
    let limit = min(text.count, start + Limits.messageBytes)
    var index = start
    for _ in 0..<2 {
      guard let end = text.firstIndex(of: 0x0A, from: index), end < limit else {
        return start..<limit
      }
      index = end + 1
    }
    return start..<index - 1
  }

  package var isEmpty: Bool {
    rootClass == nil && codes.isEmpty && names.isEmpty && frameFunction == nil && frameFile == nil
  }

  /// Whether a text that differs in no more than numbers and hexadecimal words may have other parts at
  /// the same places: a digit is in one, or one is a piece of a longer word.
  func mayVary(_ text: Span<UInt8>) -> Bool {
    for range in [rootClass, outerClass, frameFile, frameFunction] {
      if let range, Self.mayVary(text, range) { return true }
    }
    for list in [groupedClasses, codes, names] {
      for index in 0..<list.count where Self.mayVary(text, list[index]) { return true }
    }
    return false
  }

  private static func mayVary(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where text[index].isDecimal { return true }
    let (start, end) = (range.lowerBound, range.upperBound)
    return start > 0 && text[start - 1].isAlphanumeric
      || end < text.count && text[end].isAlphanumeric
  }

  /// Appends `class=… outer=… group=… code=… name=…`, as far as there are any: what kind of error it
  /// is, wherever it was raised.
  package func appendKind(of text: Span<UInt8>, to key: inout [UInt8]) {
    var writer = KeyWriter()
    if let rootClass { writer.write("class", rootClass, of: text, to: &key) }
    if let outerClass { writer.write("outer", outerClass, of: text, to: &key) }
    for index in 0..<groupedClasses.count {
      writer.write("group", groupedClasses[index], of: text, to: &key)
    }
    for index in 0..<codes.count {
      writer.write("code", codes[index], of: text, to: &key)
    }
    for index in 0..<names.count {
      writer.write("name", names[index], of: text, to: &key)
    }
  }

  /// Appends `file=… function=…`, as far as there are any.
  package func appendFrame(of text: Span<UInt8>, to key: inout [UInt8]) {
    var writer = KeyWriter()
    if let frameFile { writer.write("file", frameFile, of: text, to: &key) }
    if let frameFunction { writer.write("function", frameFunction, of: text, to: &key) }
  }
}

/// Writes `name=text` pairs, one blank between two.
private struct KeyWriter {
  mutating func write(
    _ name: StaticString, _ range: Range<Int>, of text: Span<UInt8>, to key: inout [UInt8]
  ) {
    if !key.isEmpty { key.append(0x20) }
    for offset in 0..<name.utf8CodeUnitCount {
      // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
      key.append(unsafe name.utf8Start[offset])
    }
    key.append(UInt8(ascii: "="))
    for index in range { key.append(text[index]) }
  }
}
