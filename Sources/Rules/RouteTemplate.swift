/// Turns a request's path into its route: what names one thing among many becomes `{}`, so that
/// `/orders/123?x=1` and `/orders/124` count as one.
package enum RouteTemplate {
  /// Appends the route of the path at `range` of `text`.
  ///
  /// Query and fragment go, and so do scheme and host of an absolute URL. Numbers, dates, UUIDs,
  /// hexadecimal runs of eight and more with a digit, tokens of twenty and more with a digit and
  /// e-mail addresses become `{}`, as do the hash parts of file names. At most
  /// `Limits.routeBytes` are appended.
  ///
  /// - Complexity: linear in the length of the path; allocates only what `route` lacks.
  package static func append(
    _ text: Span<UInt8>, _ range: Range<Int>, to route: inout [UInt8]
  ) {
    let path = range.clamped(to: 0..<text.count)
    let before = route.count
    let limit = before + Limits.routeBytes
    var index = startOfPath(text, path)
    let end = endOfPath(text, index..<path.upperBound)
    while index < end, route.count < limit {
      if text[index] == slash {
        while index < end, text[index] == slash { index += 1 }
        route.append(slash)
        continue
      }
      let start = index
      while index < end, text[index] != slash { index += 1 }
      append(segment: start..<index, of: text, to: &route)
    }
    if route.count == before { route.append(slash) }
    if route.count > limit { cut(&route, to: limit) }
  }

  private static let slash = UInt8(ascii: "/")

  /// Behind `https://host` of an absolute URL.
  private static func startOfPath(_ text: Span<UInt8>, _ path: Range<Int>) -> Int {
    var cursor = path.lowerBound
    while cursor < path.upperBound, text[cursor] | 0x20 &- UInt8(ascii: "a") < 26 { cursor += 1 }
    guard cursor > path.lowerBound, path.upperBound - cursor >= 3, text[cursor] == 0x3A,
      text[cursor + 1] == slash, text[cursor + 2] == slash
    else { return path.lowerBound }
    cursor += 3
    while cursor < path.upperBound, !isEnd(text[cursor]), text[cursor] != slash { cursor += 1 }
    return cursor
  }

  private static func endOfPath(_ text: Span<UInt8>, _ path: Range<Int>) -> Int {
    var end = path.lowerBound
    while end < path.upperBound, !isEnd(text[end]) { end += 1 }
    return end
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  private static func append(
    segment: Range<Int>, of text: Span<UInt8>, to route: inout [UInt8]
  ) {
    if isIdentifier(text, segment) {
      appendMask(to: &route)
      return
    }
    // Parts of a file name such as app.3f2a9c1b.js, and what follows a semicolon.
    var index = segment.lowerBound
    while index < segment.upperBound {
      let start = index
      while index < segment.upperBound, !isSeparator(text[index]) { index += 1 }
      if isHash(text, start..<index) {
        appendMask(to: &route)
      } else {
        for place in start..<index { route.append(text[place]) }
      }
      guard index < segment.upperBound, text[index] != UInt8(ascii: ";") else { return }
      route.append(text[index])
      index += 1
    }
  }

  private static func appendMask(to route: inout [UInt8]) {
    route.append(UInt8(ascii: "{"))
    route.append(UInt8(ascii: "}"))
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: ";"):
      true
    default: false
    }
  }

  /// Whether a whole segment names one thing among many.
  private static func isIdentifier(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
    var digits = 0
    var others = 0
    var hexLetters = 0
    var isToken = true
    var at: Int?
    var dotBehindAt = false
    for index in segment {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        hexLetters += 1
      case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"):
        others += 1
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ":"),
        UInt8(ascii: "+"):
        // Signs of numbers, dates and coordinates.
        if byte == UInt8(ascii: "."), at != nil { dotBehindAt = true }
      case UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "="): others += 1
      case UInt8(ascii: "%"):
        others += 1
        if index + 2 < segment.upperBound, text[index + 1] == UInt8(ascii: "4"),
          text[index + 2] == UInt8(ascii: "0"), at == nil
        {
          at = index
        }
      case UInt8(ascii: "@"):
        others += 1
        isToken = false
        if at == nil { at = index }
      default:
        others += 1
        isToken = false
      }
    }
    if let at, at > segment.lowerBound, dotBehindAt { return true }
    guard digits > 0 else { return false }
    if others == 0, hexLetters == 0 { return true }
    return isToken && segment.count >= 20 || isUUID(text, segment) || isHash(text, segment)
  }

  /// Eight, four, four, four and twelve hexadecimal digits.
  private static func isUUID(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
    guard segment.count == 36 else { return false }
    for index in segment {
      switch index - segment.lowerBound {
      case 8, 13, 18, 23: if text[index] != UInt8(ascii: "-") { return false }
      default: if !isHexadecimal(text[index]) { return false }
      }
    }
    return true
  }

  /// Eight or more hexadecimal digits, a decimal one among them.
  private static func isHash(_ text: Span<UInt8>, _ part: Range<Int>) -> Bool {
    guard part.count >= 8 else { return false }
    var hasDigit = false
    for index in part {
      guard isHexadecimal(text[index]) else { return false }
      hasDigit = hasDigit || text[index] &- 0x30 < 10
    }
    return hasDigit
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }

  /// Cuts at `limit`, or before a character of UTF-8 that would be halved there.
  private static func cut(_ route: inout [UInt8], to limit: Int) {
    var end = limit
    while end > 0, limit - end < 3, route[end] & 0xC0 == 0x80 { end -= 1 }
    if route[end] & 0xC0 == 0x80 { end = limit }
    route.removeLast(route.count - end)
  }
}
