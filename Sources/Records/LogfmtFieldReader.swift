/// Reads the known fields out of `key=value key="value"` pairs.
package struct LogfmtFieldReader: Sendable {
  package init() {}

  /// One pass from `from` to the end. False when the text is not made of pairs only, or has fewer
  /// than two: what stood before the fault is kept. `fields` is emptied first. nginx's lists
  /// (`urt=0.000, 0.001`) are one value. Linear in the length; no allocation.
  package mutating func read(
    _ text: Span<UInt8>, from: Int, clock: inout TimestampReader,
    into fields: inout StructuredFields
  ) -> Bool {
    fields = StructuredFields()
    guard from >= 0 else { return false }
    var collector = FieldCollector()
    var index = JSONScanner.skipSpace(text, from: from)
    var pairs = 0
    while index < text.count, let pair = LogfmtScanner.pair(text, at: index) {
      pairs += 1
      if let position = FieldNameIndex.shared.position(of: text, pair.key) {
        collector.take(
          position, pair.value, keyStart: pair.key.lowerBound, in: text, clock: &clock,
          into: &fields)
      } else {
        collector.takeUnlisted(text, pair.key, pair.value, in: text, into: &fields)
      }
      index = JSONScanner.skipSpace(text, from: pair.end)
    }
    collector.finish(into: &fields)
    return index == text.count && pairs >= 2
  }
}
