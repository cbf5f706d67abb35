/// Appends the content of a JSON string (`range` lies between its quotes) with its escapes resolved.
///
/// `\uD83D\uDE00` is one scalar, a lone surrogate is U+FFFD. An escape that JSON does not know, and
/// one that is cut, is kept as it is. Bytes that are not UTF-8 pass through. Linear in the length.
package func jsonStringContent(
  _ text: Span<UInt8>, _ range: Range<Int>, appendUnescapedTo output: inout [UInt8]
) {
  let content = text.extracting(range)
  var index = 0
  var runStart = 0
  while index < content.count {
    guard content[index] == 0x5C else {
      index += 1
      continue
    }
    append(content.extracting(runStart..<index), to: &output)
    index = resolveEscape(content, at: index, to: &output)
    runStart = index
  }
  append(content.extracting(runStart..<index), to: &output)
}

/// Appends the bytes of journald's `[72,105]`; `range` includes the brackets. False, with the bytes
/// so far appended, when it is not an array of numbers from 0 to 255.
package func jsonByteArrayContent(
  _ text: Span<UInt8>, _ range: Range<Int>, appendTo output: inout [UInt8]
) -> Bool {
  guard range.count >= 2, text[range.lowerBound] == 0x5B, text[range.upperBound - 1] == 0x5D
  else { return false }
  let inside = text.extracting(range.lowerBound + 1..<range.upperBound - 1)
  var index = JSONScanner.skipSpace(inside, from: 0)
  if index == inside.count { return true }
  while true {
    var value = 0
    var digits = 0
    while index < inside.count, inside[index] &- 0x30 < 10, digits < 4 {
      value = value * 10 + Int(inside[index] &- 0x30)
      digits += 1
      index += 1
    }
    guard digits > 0, let byte = UInt8(exactly: value) else { return false }
    output.append(byte)
    index = JSONScanner.skipSpace(inside, from: index)
    if index == inside.count { return true }
    guard inside[index] == 0x2C else { return false }
    index = JSONScanner.skipSpace(inside, from: index + 1)
  }
}

/// Resolves the escape whose backslash is at `start`; returns the index behind it.
private func resolveEscape(
  _ content: Span<UInt8>, at start: Int, to output: inout [UInt8]
) -> Int {
  guard start + 1 < content.count else {
    output.append(0x5C)
    return start + 1
  }
  let letter = content[start + 1]
  switch letter {
  case 0x22, 0x5C, 0x2F: output.append(letter)
  case 0x62: output.append(0x08)
  case 0x66: output.append(0x0C)
  case 0x6E: output.append(0x0A)
  case 0x72: output.append(0x0D)
  case 0x74: output.append(0x09)
  case 0x75:
    guard let unit = hexadecimalUnit(content, at: start + 2) else {
      output.append(0x5C)
      return start + 1
    }
    return resolveUnit(unit, content, behind: start + 6, to: &output)
  default:
    output.append(0x5C)
    return start + 1
  }
  return start + 2
}

/// Appends a UTF-16 unit, together with the second half of its pair if that follows.
private func resolveUnit(
  _ unit: UInt32, _ content: Span<UInt8>, behind end: Int, to output: inout [UInt8]
) -> Int {
  guard unit & 0xF800 == 0xD800 else {
    appendScalar(unit, to: &output)
    return end
  }
  if unit < 0xDC00, end + 1 < content.count, content[end] == 0x5C, content[end + 1] == 0x75,
    let low = hexadecimalUnit(content, at: end + 2), low & 0xFC00 == 0xDC00
  {
    appendScalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &output)
    return end + 6
  }
  appendScalar(0xFFFD, to: &output)
  return end
}

private func hexadecimalUnit(_ content: Span<UInt8>, at start: Int) -> UInt32? {
  guard start + 4 <= content.count else { return nil }
  var unit: UInt32 = 0
  for index in start..<start + 4 {
    let byte = content[index]
    let digit: UInt8
    switch byte {
    case 0x30...0x39: digit = byte - 0x30
    case 0x41...0x46: digit = byte - 0x37
    case 0x61...0x66: digit = byte - 0x57
    default: return nil
    }
    unit = unit << 4 | UInt32(digit)
  }
  return unit
}

/// UTF-8 of a scalar, which is no surrogate.
private func appendScalar(_ scalar: UInt32, to output: inout [UInt8]) {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
  switch scalar {
  case ..<0x80:
    output.append(UInt8(scalar))
  case ..<0x800:
    output.append(UInt8(0xC0 | scalar >> 6))
    output.append(tail(0))
  case ..<0x1_0000:
    output.append(UInt8(0xE0 | scalar >> 12))
    output.append(tail(6))
    output.append(tail(0))
  default:
    output.append(UInt8(0xF0 | scalar >> 18))
    output.append(tail(12))
    output.append(tail(6))
    output.append(tail(0))
  }
}

private func append(_ run: Span<UInt8>, to output: inout [UInt8]) {
  // SAFETY: the array copies the bytes before the closure returns.
  unsafe run.withUnsafeBufferPointer { bytes in
    unsafe output.append(contentsOf: bytes)
  }
}
