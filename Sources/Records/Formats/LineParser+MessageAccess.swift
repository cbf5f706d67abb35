import Bytes

/// An access line that is a logger's message: Python's logging puts its own time, level and logger
/// before what uvicorn, gunicorn and werkzeug write.
extension LineParser {
  /// Bytes of a message in which its request line begins.
  private static let clientBytes = 160

  /// `10.0.0.1:5327 - "GET /x HTTP/1.1" 200`, or `10.0.0.1 - - [time] "GET /x HTTP/1.1" 200 512`, as
  /// the end of a line of a known form. Its client must be there, so that a message that quotes a
  /// request is not one.
  func readMessageAccess(_ text: Span<UInt8>, into record: inout Record) {
    guard record.request.status == nil, record.severity.map({ $0 <= .info }) ?? true else { return }
    let start = record.message.lowerBound
    let end = min(text.count, start + Self.clientBytes)
    var index = max(start + 4, 4)
    while index < end, text[index] != 0x22 { index += 1 }
    guard index < end, text[index - 1] == 0x20,
      isBehindClient(text, start..<index - 1) || isBehindLogTime(text, start..<index - 1)
    else { return }
    var cursor = ByteCursor(index)
    let message = record.message
    guard takeRequestAndStatus(text, &cursor, into: &record) else { return }
    record.message = message
    record.request.duration = durationAtEnd(text, from: cursor.position)
  }

  /// `10.0.0.1:5327 -`.
  private func isBehindClient(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 4, text[range.upperBound - 1] == 0x2D, text[range.upperBound - 2] == 0x20
    else { return false }
    return text[range.upperBound - 3].isDigit
  }

  /// `10.0.0.1 - - [22/Nov/2026 10:00:00]`.
  private func isBehindLogTime(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 12, text[range.upperBound - 1] == 0x5D else { return false }
    return text.firstIndex(of: " - - [", from: range.lowerBound).map { $0 < range.upperBound }
      ?? false
  }
}

extension LineFormat {
  /// Whether what a logger writes in this form may be another program's access line.
  var mayHoldAccess: Bool {
    switch self {
    case .pythonAsctime, .pythonPlainTime, .pythonBasicConfig, .structlogConsole, .loguru, .generic,
      .gunicornError:
      true
    default: false
    }
  }
}
