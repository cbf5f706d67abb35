/// Words that are more than letters.
extension MaskingPass {
  /// Where a word goes on although a colon or comma stands at `index`: the end of a URL, of a
  /// Windows path or of an address of colons, which is masked whole, or `index` + 1 if the mark is
  /// inside a number such as a time. Nil when the word ends.
  func glued(_ text: Span<UInt8>, _ start: Int, _ index: Int, _ seen: UInt8) -> Int? {
    guard index + 1 < text.count else { return nil }
    let before = text[index - 1]
    let behind = text[index + 1]
    if text[index] == UInt8(ascii: ":") {
      if behind == UInt8(ascii: "/"), index + 2 < text.count, text[index + 2] == behind {
        return endOfURL(text, from: index)
      }
      if behind == UInt8(ascii: "\\"), index == start + 1, before.isLetter {
        return endOfURL(text, from: index)
      }
      if index - start <= 4, seen & ByteTraits.beyondHex == 0,
        behind.isHex || behind == UInt8(ascii: ":"),
        let end = endOfColonAddress(text, from: start)
      {
        return end
      }
      return before.isDecimal && behind.isDecimal ? index + 1 : nil
    }
    if text[index] == UInt8(ascii: "=") {
      // The query of a path.
      guard text[start] == UInt8(ascii: "/") else { return nil }
      for place in start..<index where text[place] == 0x3F { return endOfURL(text, from: index) }
      return nil
    }
    return before.isDecimal && behind.isDecimal ? index + 1 : nil
  }

  private func endOfURL(_ text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte.isBlank || byte == 0x22 || byte == 0x27 || byte == 0x3C || byte == 0x3E { break }
      if byte == 0x29 || byte == 0x5D || byte == 0x7D || byte == 0x60 || byte == 0x7C { break }
      index += 1
    }
    while index > start + 3, isSentenceEnd(text[index - 1]) { index -= 1 }
    return index
  }

  private func isSentenceEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x2C, 0x3A, 0x3B, 0x21, 0x3F: true
    default: false
    }
  }

  /// The end of an address such as `::1`, whose first byte is no letter or digit.
  func leadingColons(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard start + 2 < text.count, text[start + 1] == 0x3A, text[start + 2].isHex,
      start == 0 || !text[start - 1].isAlphanumeric
    else { return nil }
    return endOfColonAddress(text, from: start)
  }

  /// The end of an IPv6 or MAC address that begins at `start`: hexadecimal groups and at least two
  /// colons, a decimal digit somewhere.
  private func endOfColonAddress(_ text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    var colons = 0
    var hasDigit = false
    while index < text.count {
      let groupStart = index
      while index < text.count, text[index].isHex, index - groupStart < 6 {
        hasDigit = hasDigit || text[index].isDecimal
        index += 1
      }
      guard index < text.count, text[index] == UInt8(ascii: ":"), index - groupStart <= 4 else {
        break
      }
      guard index + 1 < text.count,
        text[index + 1].isHex || text[index + 1] == UInt8(ascii: ":")
      else { break }
      colons += 1
      index += 1
    }
    guard colons >= 2, hasDigit else { return nil }
    if index < text.count, text[index].isLetter || text[index] == UInt8(ascii: "_") { return nil }
    return index > start + 1 ? index : nil
  }

  /// Marks without a letter or digit. A lone dash beside a mask is a value that is missing.
  mutating func takeMarks(
    _ text: Span<UInt8>, _ word: Range<Int>, _ out: MaskedOutput
  ) -> Int {
    if word.count == 3, text[word.lowerBound] == UInt8(ascii: "<"),
      text[word.lowerBound + 1] == UInt8(ascii: "*"), text[word.lowerBound + 2] == 0x3E
    {
      return mask(text, word.lowerBound, word.upperBound, out)
    }
    if word.count == 1, text[word.lowerBound] == UInt8(ascii: "-"), maskEnd > 0,
      count == maskEnd + 1, out[count - 1] == 0x20
    {
      count = maskEnd
      return word.upperBound
    }
    copy(text, word, at: count, out)
    count += word.count
    return word.upperBound
  }

  /// A word with a digit, dot, slash or at sign.
  mutating func takeMixed(
    _ text: Span<UInt8>, _ word: Range<Int>, written: Int, _ seen: UInt8,
    _ out: MaskedOutput
  ) -> Int {
    var end = word.upperBound
    while end > word.lowerBound + 1, isTrailing(text[end - 1]) { end -= 1 }
    let first = text[word.lowerBound]
    if first.isDecimal, seen & (ByteTraits.letter | ByteTraits.slash | ByteTraits.at) == 0 {
      return mask(text, word.lowerBound, end, out)
    }
    let trimmed = word.lowerBound..<end
    if maskStart == 0, maskEnd == 3, count == 4, isHeaderHost(text, word) {
      return mask(text, word.lowerBound, word.upperBound, out)
    }
    if seen & ByteTraits.slash != 0, isPath(text, trimmed) {
      return mask(text, trimmed.lowerBound, end, out)
    }
    if seen & ByteTraits.at != 0, isMailAddress(text, trimmed) {
      return mask(text, trimmed.lowerBound, end, out)
    }
    if seen & ByteTraits.dot != 0, text[end - 1].isLower, isHost(text, trimmed) {
      return mask(text, trimmed.lowerBound, end, out)
    }
    if seen & ByteTraits.digit != 0 || isMaskedAlready(text, trimmed) {
      return takeNumbered(text, trimmed, written: written, out)
    }
    copy(text, written..<word.upperBound, at: count + (written - word.lowerBound), out)
    count += word.count
    return word.upperBound
  }

  @inline(__always)
  private func isTrailing(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric { return false }
    return switch byte {
    case 0x2E, 0x21, 0x3F, 0x2D, 0x3E, 0x7E, 0x26, 0x5E, 0x60: true
    default: false
    }
  }

  private func isMaskedAlready(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var index = word.lowerBound
    while index + 2 < word.upperBound {
      if text[index] == 0x3C, text[index + 1] == 0x2A, text[index + 2] == 0x3E { return true }
      index += 1
    }
    return false
  }

  /// An absolute path, one of a home or working folder, or a relative one of three parts.
  private func isPath(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count >= 2 else { return false }
    let first = text[word.lowerBound]
    let second = text[word.lowerBound + 1]
    if first == UInt8(ascii: "/") {
      return second.isAlphanumeric || second == 0x2E || second == 0x5F || second == 0x24
        || second == 0x2A
    }
    if first == UInt8(ascii: "\\") { return second == first && word.count > 3 }
    if first == 0x7E || first == 0x2E, second == 0x2F || second == 0x2E { return word.count > 2 }
    var slashes = 0
    for index in word where text[index] == UInt8(ascii: "/") { slashes += 1 }
    return slashes >= 2
  }

  private func isMailAddress(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var at: Int?
    for index in word {
      if text[index] == UInt8(ascii: "@") {
        guard at == nil, index > word.lowerBound else { return false }
        at = index
      } else if text[index] == UInt8(ascii: "."), let at, index > at + 1, text[at + 1].isLetter {
        return true
      }
    }
    return false
  }

  /// Lower-case labels that end in a well-known top domain, or three and more in a country's.
  private func isHost(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var dots = 0
    var firstDot = word.upperBound
    var lastDot = word.lowerBound
    for index in word {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        dots += 1
        if dots == 1 { firstDot = index }
        lastDot = index
      } else if !byte.isLower, !byte.isDecimal, byte != UInt8(ascii: "-") {
        return false
      }
    }
    guard dots >= 1, firstDot > word.lowerBound else { return false }
    let last = lastDot + 1..<word.upperBound
    if last.count == 2, dots >= 2, text[last.lowerBound].isLower, text[last.lowerBound + 1].isLower
    {
      return !MaskedWords.packageRoots.contains(text, word.lowerBound..<firstDot)
    }
    return MaskedWords.topDomains.contains(text, last)
      && !MaskedWords.packageRoots.contains(text, word.lowerBound..<firstDot)
  }
}
