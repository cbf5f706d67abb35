import Bytes

/// Up to four ranges of a text, in the order of its parts, no part twice.
package struct RangeList: Sendable {
  private var ranges = InlineArray<4, Range<Int>>(repeating: 0..<0)
  package private(set) var count = 0

  package var isEmpty: Bool { count == 0 }

  package subscript(index: Int) -> Range<Int> { ranges[index] }

  /// Adds a part unless the same text is in the list or the list is full.
  mutating func add(_ range: Range<Int>, of text: Span<UInt8>) {
    guard count < ranges.count, !range.isEmpty else { return }
    for index in 0..<count where text.isEqual(ranges[index], range) { return }
    ranges[count] = range
    count += 1
  }

  /// Adds a part in the order of the texts, so that the order in which they stood is not told.
  mutating func addSorted(_ range: Range<Int>, of text: Span<UInt8>) {
    let before = count
    add(range, of: text)
    guard count > before else { return }
    var place = count - 1
    while place > 0, text.precedes(ranges[place], ranges[place - 1]) {
      ranges.swapAt(place, place - 1)
      place -= 1
    }
  }
}

extension Span where Element == UInt8 {
  func isEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where self[left.lowerBound + offset] != self[right.lowerBound + offset] {
      return false
    }
    return true
  }

  func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    for offset in 0..<Swift.min(left.count, right.count) {
      let (mine, other) = (self[left.lowerBound + offset], self[right.lowerBound + offset])
      if mine != other { return mine < other }
    }
    return left.count < right.count
  }

  /// Whether `literal` stands at `index`, before `end`.
  func has(_ literal: StaticString, at index: Int, before end: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard index >= 0, index + length <= end, end <= count else { return false }
    for offset in 0..<length {
      // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
      if unsafe self[index + offset] != literal.utf8Start[offset] { return false }
    }
    return true
  }

  /// Where `literal` first begins in `range`. The first byte is found by memchr(3): byte by byte it took
  /// a tenth of the reading of errors.
  func first(_ literal: StaticString, in range: Range<Int>) -> Int? {
    // SAFETY: a literal is not empty, and its bytes live for ever.
    let byte = unsafe literal.utf8Start[0]
    let end = Swift.min(range.upperBound, count)
    var index = range.lowerBound
    while index + literal.utf8CodeUnitCount <= end {
      guard let found = extracting(index..<end).firstIndex(of: byte) else { return nil }
      if has(literal, at: index + found, before: end) { return index + found }
      index += found + 1
    }
    return nil
  }

  func hasSuffix(_ literal: StaticString, _ range: Range<Int>) -> Bool {
    let length = literal.utf8CodeUnitCount
    return range.count >= length
      && has(literal, at: range.upperBound - length, before: range.upperBound)
  }
}
