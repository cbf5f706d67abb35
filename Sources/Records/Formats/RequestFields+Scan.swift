import Bytes

extension RequestFields {
  /// Reads `GET /x HTTP/1.1`. False, and nothing set, when the text is `-`, empty or bytes that are
  /// no request line.
  mutating func takeRequestLine(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var cursor = ByteCursor(range.lowerBound)
    guard let verb = cursor.takeUppercase(in: text), verb.count >= 2, verb.count <= 20,
      verb.upperBound < range.upperBound, cursor.take(0x20, in: text)
    else { return false }
    let start = cursor.position
    let index = min(text.firstIndex(of: 0x20, from: start) ?? text.count, range.upperBound)
    guard index > start else { return false }
    if index < range.upperBound {
      guard text.has("HTTP/", at: index + 1) else { return false }
    } else {
      // HTTP/0.9 has no version; then the path must look like one.
      guard text[start] == 0x2F else { return false }
    }
    method = verb
    path = start..<index
    return true
  }

  /// Leaves `http://host:80` out of the path: balancers log the whole URL.
  mutating func dropOrigin(_ text: Span<UInt8>) {
    guard let whole = path, let scheme = text.firstIndex(of: "://", from: whole.lowerBound),
      scheme < whole.upperBound, text[whole.lowerBound] != 0x2F
    else { return }
    var index = scheme + 3
    while index < whole.upperBound, text[index] != 0x2F { index += 1 }
    if index < whole.upperBound { path = index..<whole.upperBound }
  }

  /// Reads `key=value` pairs up to the end of the line, such as nginx's timings. A value may be a
  /// list: `, ` divides the servers that were tried and ` : ` internal redirects; the last is the
  /// answer. `-` is absent.
  mutating func takePairs(_ text: Span<UInt8>, from start: Int) {
    var answer: Double?
    var cursor = ByteCursor(start)
    let end = text.count
    while cursor.position < end {
      cursor.skip(0x20, in: text)
      let keyStart = cursor.position
      while let byte = cursor.peek(text), byte.isWord || byte == 0x2D || byte == 0x2E {
        cursor.position += 1
      }
      let key = keyStart..<cursor.position
      guard !key.isEmpty, cursor.take(0x3D, in: text) else {
        _ = cursor.takeWord(in: text)
        if cursor.position == keyStart { cursor.position += 1 }
        continue
      }
      let value = takeLastOfList(text, &cursor)
      guard !value.isEmpty, !text.equals("-", in: value) else { continue }
      switch PairMeaning(text, key) {
      case .duration: duration = number(text, value)
      case .milliseconds: duration = number(text, value, power: -3)
      case .upstreamDuration: answer = number(text, value)
      case .cache: cache = value
      case .databaseCalls: databaseCalls = number(text, value)
      case .databaseMilliseconds: databaseDuration = number(text, value, power: -3)
      case .other: break
      }
    }
    if duration == nil { duration = answer }
  }

  private func takeLastOfList(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Range<Int> {
    if cursor.peek(text) == 0x22 {
      guard let quoted = cursor.takeQuoted(in: text) else {
        cursor.position = text.count
        return text.count..<text.count
      }
      var first = quoted.upperBound
      while first > quoted.lowerBound, text[first - 1] != 0x20 { first -= 1 }
      return first..<quoted.upperBound
    }
    while true {
      let start = cursor.position
      cursor.position = text.firstIndex(of: 0x20, from: start) ?? text.count
      let item = start..<cursor.position
      let isListed = !item.isEmpty && text[item.upperBound - 1] == 0x2C
      if isListed, cursor.take(0x20, in: text) { continue }
      if cursor.take(" : ", in: text) { continue }
      return isListed ? item.lowerBound..<item.upperBound - 1 : item
    }
  }

  /// A plain number times ten to `power`, or a number with its own unit.
  private func number(
    _ text: Span<UInt8>, _ range: Range<Int>, power: Int = 0
  ) -> Double? {
    var cursor = ByteCursor(range.lowerBound)
    if let number = cursor.takeSeconds(in: text, power: power),
      cursor.position == range.upperBound
    {
      return number
    }
    return DurationText.seconds(in: text, range)
  }
}

/// What a key of a pair says about the request.
enum PairMeaning {
  case duration, milliseconds, upstreamDuration, cache, databaseCalls, databaseMilliseconds, other

  init(_ text: Span<UInt8>, _ key: Range<Int>) {
    self = Self.meaning(text, key)
  }

  private static func meaning(_ text: Span<UInt8>, _ key: Range<Int>) -> PairMeaning {
    switch key.count {
    case 2:
      return text.equals("rt", in: key) ? .duration : text.equals("cs", in: key) ? .cache : .other
    case 3:
      return text.equals("urt", in: key)
        ? .upstreamDuration : text.equals("ucs", in: key) ? .cache : .other
    case 5:
      return text.equals("cache", in: key)
        ? .cache : text.equals("db_ms", in: key) ? .databaseMilliseconds : .other
    case 8: return text.equals("db_calls", in: key) ? .databaseCalls : .other
    case 11: return text.equals("duration_ms", in: key) ? .milliseconds : .other
    case 12:
      return text.equals("request_time", in: key)
        ? .duration : text.equals("cache_status", in: key) ? .cache : .other
    case 21: return text.equals("upstream_cache_status", in: key) ? .cache : .other
    case 22: return text.equals("upstream_response_time", in: key) ? .upstreamDuration : .other
    default: return .other
    }
  }
}
