package import Records

/// Reads the samples of rules as logs are read, at the end of 2026 and in UTC.
package enum SampleText {
  /// 2026-12-31T23:59:59Z, behind the times of all samples.
  private static let reference = Timestamp(seconds: 1_798_761_599)

  /// Hands out every record of a text of one line or several; a line break at its end is no line.
  package static func read(_ text: String, _ body: (Span<UInt8>, borrowing Record) -> Void) {
    var assembler = RecordAssembler(zone: .utc, reference: reference)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      assembler.line(
        bytes.span, number: index + 1, offset: Int64(index), arrival: nil, emit: body)
    }
    assembler.finish(emit: body)
  }

  /// What patterns see of each record: its text without outer layers and the user's own words.
  static func subjects(_ text: String) -> [[UInt8]] {
    var subjects: [[UInt8]] = []
    read(text) { text, record in
      let end = max(0, min(record.matchEnd, text.count))
      var bytes: [UInt8] = []
      bytes.reserveCapacity(end)
      for index in 0..<end { bytes.append(text[index]) }
      subjects.append(bytes)
    }
    return subjects
  }
}
