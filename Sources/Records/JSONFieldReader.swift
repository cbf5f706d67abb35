/// Reads the known fields out of one JSON object.
///
/// Objects within it are flattened: `{"req":{"method":"GET"}}` has the field `req.method`. Names are
/// compared as they are written, escapes included.
package struct JSONFieldReader: Sendable {
  package init() {}

  /// One pass over the object that starts at `from` (white space around it is skipped). False when
  /// the object is malformed, cut, too deep, or followed by other text: what was understood so far
  /// is kept. `fields` is emptied first. Linear in the length; no allocation.
  package mutating func read(
    _ text: Span<UInt8>, from: Int, clock: inout TimestampReader,
    into fields: inout StructuredFields
  ) -> Bool {
    fields = StructuredFields()
    guard from >= 0 else { return false }
    var cursor = ObjectCursor(index: JSONScanner.skipSpace(text, from: from))
    guard cursor.index < text.count, text[cursor.index] == 0x7B else { return false }
    cursor.index += 1
    var collector = FieldCollector()
    let isWhole = cursor.walk(text, clock: &clock, collector: &collector, into: &fields)
    collector.finish(into: &fields)
    return isWhole && JSONScanner.skipSpace(text, from: cursor.index) == text.count
  }
}

/// The way through an object and the known objects within it.
private struct ObjectCursor {
  var index: Int
  /// The dotted name of the field that is being read, below the top level.
  private var name: InlineArray<64, UInt8> = .init(repeating: 0)
  /// Bytes of `name` that belong to the open objects, with the dot behind each.
  private var nameCounts: InlineArray<8, Int> = .init(repeating: 0)
  /// Where the open objects and their keys start.
  private var objectStarts: InlineArray<8, Int> = .init(repeating: 0)
  private var keyStarts: InlineArray<8, Int> = .init(repeating: 0)
  private var depth = 0

  init(index: Int) {
    self.index = index
  }

  /// Reads up to the brace that closes the outermost object. False at the first fault.
  mutating func walk(
    _ text: Span<UInt8>, clock: inout TimestampReader, collector: inout FieldCollector,
    into fields: inout StructuredFields
  ) -> Bool {
    var mayEnd = true
    var needsComma = false
    while true {
      index = JSONScanner.skipSpace(text, from: index)
      guard index < text.count else { return false }
      let byte = text[index]
      if byte == 0x7D, mayEnd {
        index += 1
        if depth == 0 { return true }
        leave(text, clock: &clock, collector: &collector, into: &fields)
        needsComma = true
      } else if needsComma {
        guard byte == 0x2C else { return false }
        index += 1
        needsComma = false
        mayEnd = false
      } else {
        guard byte == 0x22, let key = takeKey(text) else { return false }
        switch takeValue(text, key, clock: &clock, collector: &collector, into: &fields) {
        case .fault: return false
        case .entered: mayEnd = true
        case .read:
          needsComma = true
          mayEnd = true
        }
      }
    }
  }

  private enum Step { case fault, entered, read }

  /// Moves behind the colon.
  private mutating func takeKey(_ text: Span<UInt8>) -> Range<Int>? {
    guard let end = JSONScanner.endOfString(text, from: index + 1) else { return nil }
    let key = index + 1..<end
    index = JSONScanner.skipSpace(text, from: end + 1)
    guard index < text.count, text[index] == 0x3A else { return nil }
    index = JSONScanner.skipSpace(text, from: index + 1)
    return key
  }

  private mutating func takeValue(
    _ text: Span<UInt8>, _ key: Range<Int>, clock: inout TimestampReader,
    collector: inout FieldCollector, into fields: inout StructuredFields
  ) -> Step {
    guard index < text.count else { return .fault }
    let position: Int?
    let nameRange: Range<Int>
    if depth == 0 {
      nameRange = key
      position = FieldNameIndex.shared.position(of: text, key)
    } else {
      nameRange = 0..<appendKey(text, key)
      position = FieldNameIndex.shared.position(of: name.span, nameRange)
    }
    if let position, text[index] == 0x7B, depth < Limits.jsonNamedLevels,
      FieldNameIndex.shared.entry(position).isPrefix
    {
      enter(text, key)
      return .entered
    }
    guard let (value, end) = JSONScanner.value(text, at: index) else { return .fault }
    index = end
    if let position {
      collector.take(
        position, value, keyStart: key.lowerBound, in: text, clock: &clock, into: &fields)
    } else if depth == 0 {
      collector.takeUnlisted(text, nameRange, value, in: text, into: &fields)
    }
    return .read
  }

  /// Puts the key behind the names of the open objects; returns the length of the whole name, 0 when
  /// it is too long to be a known one.
  private mutating func appendKey(_ text: Span<UInt8>, _ key: Range<Int>) -> Int {
    let start = nameCounts[depth]
    guard start + key.count < Limits.fieldNameBytes else { return 0 }
    for offset in 0..<key.count { name[start + offset] = text[key.lowerBound + offset] }
    return start + key.count
  }

  /// Opens the object at `index`, whose name is known and therefore fits.
  private mutating func enter(_ text: Span<UInt8>, _ key: Range<Int>) {
    let end = appendKey(text, key)
    name[end] = 0x2E
    depth += 1
    nameCounts[depth] = end + 1
    objectStarts[depth] = index
    keyStarts[depth] = key.lowerBound
    index += 1
  }

  /// Closes an object and takes it as a field itself: `err` may be one.
  private mutating func leave(
    _ text: Span<UInt8>, clock: inout TimestampReader, collector: inout FieldCollector,
    into fields: inout StructuredFields
  ) {
    let value = FieldValue(kind: .object, range: objectStarts[depth]..<index)
    let nameEnd = nameCounts[depth] - 1
    if let position = FieldNameIndex.shared.position(of: name.span, 0..<nameEnd) {
      collector.take(
        position, value, keyStart: keyStarts[depth], in: text, clock: &clock, into: &fields)
    }
    depth -= 1
  }
}
