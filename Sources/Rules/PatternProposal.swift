package import Records

/// A pattern for lines like a given one: its words stay, and what differs from line to line becomes a
/// class.
package struct PatternProposal: Sendable {
  package let pattern: String
  /// The words that stay, in their order.
  package let words: [String]
  /// What the line itself says of its severity.
  package let severity: Severity?

  /// A proposal for a record of one line or several; nil when no record is in the text.
  package init?(line: String) {
    var message: [UInt8]?
    var severity: Severity?
    SampleText.read(line) { text, record in
      guard message == nil else { return }
      severity = record.severity
      message = Self.part(of: text, record)
    }
    guard let message else { return nil }
    self.severity = severity
    var writer = PatternWriter(message)
    writer.write()
    pattern = writer.pattern
    words = writer.words
  }

  /// `draft.` and the first words, as `draft.payment-acme-declined`.
  package var suggestedID: String {
    let parts = words.lazy.map { $0.lowercased() }
      .filter { $0.utf8.allSatisfy { $0 &- UInt8(ascii: "a") < 26 } && $0.utf8.count > 2 }
    return "draft." + (parts.isEmpty ? "rule" : parts.prefix(3).joined(separator: "-"))
  }

  /// What a rule may say of the line's severity; nil when it states none.
  package var suggestedSeverity: String? {
    severity.map { min(max($0, .debug), .critical).name }
  }

  /// The first line of the message that says something; of a traceback its last line, which names the
  /// exception.
  private static func part(of text: Span<UInt8>, _ record: borrowing Record) -> [UInt8] {
    let end = max(0, min(record.matchEnd, text.count))
    let isTrace = record.shape == .pythonTraceback
    let range =
      record.message.isEmpty || isTrace ? 0..<end : record.message.clamped(to: 0..<end)
    var bytes: [UInt8] = []
    for index in range { bytes.append(text[index]) }
    let lines = bytes.split(separator: 0x0A)
    return Array((isTrace ? lines.last : lines.first) ?? [])
  }
}
