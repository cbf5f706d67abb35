import Bytes

extension LineParser {
  /// The access lines that start with a client: the common log format and what grew out of it,
  /// HAProxy, and gunicorn with uvicorn's worker.
  mutating func readAccess(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    let end = min(text.count, start.position + Limits.accessPrefixBytes)
    var spaces = 0
    var index = start.position
    while index < end {
      let byte = text[index]
      if byte == 0x20 {
        spaces += 1
      } else if byte == 0x5B, spaces > 0, text[index - 1] == 0x20 {
        guard index + 12 < text.count, text[index + 3] == 0x2F, text[index + 7] == 0x2F else {
          return false
        }
        let cursor = ByteCursor(index + 1)
        return spaces == 1
          ? readHAProxy(text, cursor, into: &record) : readCommonLog(text, cursor, into: &record)
      } else if byte == 0x22 {
        return spaces == 2 && readWorkerAccess(text, start, into: &record)
      }
      index += 1
    }
    return false
  }

  /// `22/Nov/2026:15:54:03 +0000] "GET /ok HTTP/1.1" 200 2 "-" "curl/7.88.1" …`, behind the client.
  private mutating func readCommonLog(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let time = takeTime(text, &cursor), cursor.take("] ", in: text) else { return false }
    let message = cursor.position
    guard let request = cursor.takeQuoted(in: text), cursor.take(0x20, in: text) else {
      return false
    }
    // Traefik writes `-` when no answer was sent.
    let status = cursor.takeStatus(in: text)
    guard status != nil || cursor.take(0x2D, in: text), cursor.take(0x20, in: text),
      cursor.takeDigits(in: text) != nil || cursor.take(0x2D, in: text)
    else { return false }
    record.time = time
    record.message = message..<text.count
    _ = record.request.takeRequestLine(text, request)
    record.request.status = status == 0 ? nil : status
    record.format = .common
    let size = cursor
    guard cursor.take(0x20, in: text), cursor.takeQuoted(in: text) != nil,
      cursor.take(0x20, in: text), cursor.takeQuoted(in: text) != nil
    else {
      record.request.takePairs(text, from: size.position)
      return true
    }
    record.format = .combined
    guard !cursor.isAtEnd(text) else { return true }
    if readTraefikTail(text, cursor, into: &record) { return true }
    record.request.takePairs(text, from: cursor.position)
    if cursor.take(0x20, in: text), let byte = cursor.peek(text), byte.isWord {
      while let next = cursor.peek(text), next.isWord { cursor.position += 1 }
      if cursor.peek(text) == 0x3D { record.format = .nginxTimed }
    }
    return true
  }

  /// ` 42 "api@docker" "http://172.18.0.3:8000" 13ms`.
  private func readTraefikTail(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take(0x20, in: text), cursor.takeDigits(in: text) != nil,
      cursor.take(0x20, in: text), cursor.takeQuoted(in: text) != nil,
      cursor.take(0x20, in: text), cursor.takeQuoted(in: text) != nil,
      cursor.take(0x20, in: text), let duration = cursor.takeSeconds(in: text, power: -3),
      cursor.take("ms", in: text), cursor.isAtEnd(text)
    else { return false }
    record.format = .traefikCLF
    record.request.duration = duration
    return true
  }

  /// `06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 …`, behind the client.
  /// The last of the five times is the whole request's; milliseconds, and -1 for a phase or a status
  /// that was never reached.
  private mutating func readHAProxy(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let time = takeTime(text, &cursor), cursor.take("] ", in: text) else { return false }
    let message = cursor.position
    guard cursor.takeField(in: text) != nil, cursor.takeField(in: text) != nil else {
      return false
    }
    var total: Double?
    for phase in 0..<5 {
      if phase > 0 {
        guard cursor.take(0x2F, in: text) else { return false }
      }
      let isNegative = cursor.take(0x2D, in: text)
      _ = cursor.take(0x2B, in: text)
      guard let number = cursor.takeDigits(in: text) else { return false }
      total = isNegative ? nil : Double(number) / 1000
    }
    guard cursor.take(0x20, in: text) else { return false }
    let isAbsent = cursor.take(0x2D, in: text)
    guard let status = cursor.takeDigits(in: text, atMost: 3), cursor.take(0x20, in: text) else {
      return false
    }
    record.time = time
    record.format = .haproxyHTTP
    record.message = message..<text.count
    record.request.duration = total
    record.request.status = isAbsent || status == 0 ? nil : status
    // Captured headers may hold anything but a quote; the request is the last quoted text, which a
    // full buffer may have cut.
    if let quote = text.firstIndex(of: " \"", from: cursor.position) {
      var end = quote + 2
      while end < text.count, text[end] != 0x22 { end += 1 }
      _ = record.request.takeRequestLine(text, (quote + 2)..<end)
    }
    return true
  }

  // MARK: AWS

  /// An ALB line: `http`, `https`, `h2`, `grpcs`, `ws` or `wss`, then a time.
  mutating func readBalancer(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    let byte = text[cursor.position]
    guard byte == 0x68 || byte == 0x77 || byte == 0x67 else { return false }
    let type = cursor.takeWord(in: text)
    guard type.count >= 2, type.count <= 5, cursor.take(0x20, in: text),
      let digit = cursor.peek(text), digit.isDigit, let time = takeTime(text, &cursor),
      cursor.take(0x20, in: text), readBalancerFields(text, cursor, into: &record)
    else { return false }
    record.time = time
    record.format = .awsALB
    return true
  }

  /// The classic balancer's line, behind its time.
  func readClassicBalancer(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    guard readBalancerFields(text, start, into: &record) else { return false }
    record.format = .awsELBClassic
    return true
  }

  /// `elb client target request target response elb_status target_status rx tx "request"`. The
  /// duration is the sum of the three times; none when the target never answered (-1).
  private func readBalancerFields(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    for _ in 0..<3 {
      guard cursor.takeField(in: text) != nil else { return false }
    }
    var total: Double? = 0
    for _ in 0..<3 {
      guard let number = cursor.takeDecimal(in: text), cursor.take(0x20, in: text) else {
        return false
      }
      total = number.isNegative ? nil : total.map { $0 + number.double }
    }
    let status = cursor.takeStatus(in: text)
    guard status != nil || cursor.take(0x2D, in: text), cursor.take(0x20, in: text) else {
      return false
    }
    for _ in 0..<3 {
      guard cursor.takeField(in: text) != nil else { return false }
    }
    let message = cursor.position
    guard let quoted = cursor.takeQuoted(in: text) else { return false }
    var request = RequestFields()
    if request.takeRequestLine(text, quoted) { request.dropOrigin(text) }
    request.status = status
    request.duration = total
    record.request = request
    record.message = message..<text.count
    return true
  }
}
