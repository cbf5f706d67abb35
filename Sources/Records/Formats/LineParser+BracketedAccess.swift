import Bytes

// Access lines that start with a bracket.
extension LineParser {
  /// `"GET / HTTP/1.1" 500 145`: Django's development server.
  func readDjango(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard takeRequestAndStatus(text, &cursor, into: &record) else { return false }
    record.format = .djangoServer
    record.message = start.position..<text.count
    return true
  }

  /// `"POST /api HTTP/2" 204 - 154 0 226 100 "…" "…" "…" "…" "…"`: milliseconds; status 0 means that
  /// the client had gone. Istio puts up to three fields before the byte counts.
  func readEnvoy(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let quoted = cursor.takeQuoted(in: text), cursor.take(0x20, in: text),
      let status = cursor.takeDigits(in: text, atMost: 3), cursor.take(0x20, in: text),
      cursor.takeField(in: text) != nil
    else { return false }
    var numbers = 0
    for _ in 0..<8 where numbers < 2 {
      if cursor.peek(text) == 0x22 {
        guard cursor.takeQuoted(in: text) != nil, cursor.take(0x20, in: text) else {
          return false
        }
        numbers = 0
      } else {
        guard let field = cursor.takeField(in: text) else { return false }
        numbers = text.isNumber(field) ? numbers + 1 : 0
      }
    }
    guard numbers == 2, let time = cursor.takeField(in: text),
      text.isNumber(time) || text.equals("-", in: time), cursor.takeField(in: text) != nil,
      cursor.peek(text) == 0x22
    else { return false }
    var request = RequestFields()
    _ = request.takeRequestLine(text, quoted)
    request.status = status == 0 ? nil : status
    var digits = ByteCursor(time.lowerBound)
    request.duration = digits.takeSeconds(in: text, power: -3)
    record.request = request
    record.format = .envoyDefault
    record.message = start.position..<text.count
    return true
  }

  /// `[pid: 24386|app: 0|req: 1/2] client () {44 vars in 1322 bytes} [time] GET /x => generated …`.
  mutating func readUWSGI(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    var cursor = ByteCursor()
    guard cursor.takeBracketed(in: text) != nil,
      let brace = text.firstIndex(of: "} [", from: cursor.position)
    else { return false }
    cursor.position = brace + 3
    guard let time = takeTime(text, &cursor), cursor.take("] ", in: text) else { return false }
    let message = cursor.position
    guard let method = cursor.takeUppercase(in: text), cursor.take(0x20, in: text),
      let path = cursor.takeField(in: text), cursor.take("=> generated ", in: text),
      cursor.takeDigits(in: text) != nil, cursor.take(" bytes in ", in: text),
      var number = cursor.takeDecimal(in: text)
    else { return false }
    if cursor.take(" msecs (", in: text) {
      number.exponent -= 3
    } else if cursor.take(" micros (", in: text) {
      number.exponent -= 6
    } else {
      return false
    }
    record.request.duration = number.double
    guard cursor.take("HTTP/", in: text) else { return false }
    _ = cursor.takeWord(in: text)
    guard cursor.take(0x20, in: text), let status = cursor.takeStatus(in: text) else {
      return false
    }
    record.time = time
    record.request.method = method
    record.request.path = path
    record.request.status = status
    record.format = .uwsgi
    record.message = message..<text.count
    return true
  }
}
