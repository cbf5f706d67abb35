/// Where a field's value lies in its record, and what it is.
package struct FieldValue: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case string, number, boolean, null, object, array
    /// logfmt without quotes: nothing tells its type.
    case bare
  }

  package var kind: Kind
  /// Without the quotes of a string.
  package var range: Range<Int>

  package init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// Whether the value, with the escapes of a string resolved, is `expected`. Allocates only for a
  /// string with escapes.
  package func equals(_ expected: [UInt8], in text: Span<UInt8>) -> Bool {
    let content = text.extracting(range)
    var hasEscape = false
    if kind == .string {
      for index in content.indices where content[index] == 0x5C {
        hasEscape = true
        break
      }
    }
    if hasEscape {
      guard content.count >= expected.count else { return false }
      var resolved: [UInt8] = []
      jsonStringContent(text, range, appendUnescapedTo: &resolved)
      return resolved == expected
    }
    guard content.count == expected.count else { return false }
    for index in expected.indices where content[index] != expected[index] { return false }
    return true
  }
}
