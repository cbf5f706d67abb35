import Bytes

extension LineParser {
  /// `2026/11/22 15:56:14`: nginx's error log if `[level] pid#thread:` follows, Go's log otherwise.
  mutating func readSlashDated(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    var cursor = ByteCursor()
    guard let time = takeTime(text, &cursor), cursor.take(0x20, in: text) else { return false }
    record.time = time
    if readNginxError(text, cursor, into: &record) { return true }
    record.format = .goStandardLog
    // `file.go:42: ` is where the line comes from, not what it says.
    let start = cursor.position
    while let byte = cursor.peek(text), byte != 0x20, byte != 0x3A { cursor.position += 1 }
    let isFile = text.has(".go:", at: cursor.position - 3)
    guard isFile, cursor.take(0x3A, in: text), cursor.takeDigits(in: text) != nil,
      cursor.take(": ", in: text)
    else {
      record.message = start..<text.count
      return true
    }
    record.message = cursor.position..<text.count
    return true
  }

  /// `[error] 1826#1826: *1 connect() failed …, client: …, server: …, request: "…", …`. The message
  /// ends before the client, which would make every line a signature of its own.
  private func readNginxError(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let word = cursor.takeBracketed(in: text), let level = Severity(word: text, word),
      cursor.take(0x20, in: text), cursor.takeDigits(in: text) != nil,
      cursor.take(0x23, in: text), cursor.takeDigits(in: text) != nil,
      cursor.take(": ", in: text)
    else { return false }
    if cursor.take(0x2A, in: text) {
      _ = cursor.takeDigits(in: text)
      cursor.skip(0x20, in: text)
    }
    record.severity = level
    record.format = .nginxError
    let tail = text.firstIndex(of: ", client: ", from: cursor.position)
    record.message = cursor.position..<(tail ?? text.count)
    if let tail, let found = text.firstIndex(of: ", request: \"", from: tail) {
      var request = ByteCursor(found + 11)
      if let quoted = request.takeQuoted(in: text) {
        _ = record.request.takeRequestLine(text, quoted)
      }
    }
    return true
  }
}
