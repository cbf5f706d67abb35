/// A run of consecutive bytes, each out of a set.
package struct ClassString: Hashable, Sendable {
  /// What may stand at each position.
  package var classes: [ByteSet]

  /// A run of bytes out of these sets.
  package init(_ classes: [ByteSet]) {
    self.classes = classes
  }

  /// The form for a text that is one line: its padding is the only newline, so a string may have
  /// one at its first and its last position only. Nil when the string then fits nowhere.
  package var withoutInnerNewlines: ClassString? {
    var line = self
    for position in classes.indices.dropFirst().dropLast() {
      line.classes[position].remove(0x0A)
      if line.classes[position].isEmpty { return nil }
    }
    return line
  }

  /// Whether the string fits `text` at a position; the text must reach that far.
  package func fits(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    for position in classes.indices where !classes[position].contains(text[start + position]) {
      return false
    }
    return true
  }

  /// Whether the string fits `text` anywhere.
  ///
  /// - Complexity: the length of the text times that of the string; meant for tests and samples.
  package func occurs(in text: borrowing Span<UInt8>) -> Bool {
    var start = 0
    while start + classes.count <= text.count {
      if fits(text, at: start) { return true }
      start += 1
    }
    return false
  }
}

extension ClassString: CustomStringConvertible {
  /// As a pattern would write it, to be read by people.
  package var description: String {
    classes.map(Self.text).joined()
  }

  private static func text(_ set: ByteSet) -> String {
    if set == .all { return "[any]" }
    if set == .digit { return "\\d" }
    if set == .word { return "\\w" }
    if set == ByteSet.word.complement { return "\\W" }
    if set.count == 1 { return set.bytes.map(Self.text).joined() }
    if set.count > 128 { return "[^\(members(set.complement))]" }
    return "[\(members(set))]"
  }

  private static func members(_ set: ByteSet) -> String {
    var text = ""
    var bytes = set.bytes[...]
    while let first = bytes.first {
      let run = bytes.enumerated().prefix { Int($0.element) == Int(first) + $0.offset }.count
      let last = bytes[bytes.startIndex + run - 1]
      text += run > 2 ? "\(Self.text(first))-\(Self.text(last))" : Self.text(first)
      bytes = bytes.dropFirst(run > 2 ? run : 1)
    }
    return text
  }

  private static func text(_ byte: UInt8) -> String {
    if byte == 0x0A { return "\\n" }
    if (0x20...0x7E).contains(byte) { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }
}
