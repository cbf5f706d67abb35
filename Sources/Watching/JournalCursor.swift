/// The place of an entry in the journal, as `journalctl -o json` writes it.
///
/// Source: systemd.journal-fields(7) on `__CURSOR`.
enum JournalCursor {
  private static let key = Array(#""__CURSOR""#.utf8)

  /// The value of `__CURSOR` in one line. Inside a text the quotes around the name would be escaped,
  /// and behind a text that is the name there is no colon, so it is the field's own name wherever it
  /// stands with a colon. A line that was cut inside the value has none.
  static func find(in line: ArraySlice<UInt8>) -> String? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var rest = line
    while let name = rest.firstRange(of: key) {
      rest = rest[name.upperBound...]
      let afterName = rest.drop(while: isBlank)
      if afterName.first == UInt8(ascii: ":") {
        return text(afterName.dropFirst().drop(while: isBlank))
      }
    }
    return nil
  }

  /// The text that the bytes begin with; nil if there is none, or one that a cursor cannot be.
  private static func text(_ value: ArraySlice<UInt8>) -> String? {
    let quote = UInt8(ascii: "\"")
    let inside = value.dropFirst()
    guard value.first == quote, let end = inside.firstIndex(of: quote) else { return nil }
    let text = inside[..<end]
    guard !text.isEmpty, !text.contains(UInt8(ascii: "\\")) else { return nil }
    return String(validating: text, as: UTF8.self)
  }
}
