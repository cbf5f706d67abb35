/// Words that hold a digit, and how masks are written.
extension MaskingPass {
  /// Masks from the first to the last part of the word that looks like a number or a hash.
  mutating func takeNumbered(
    _ text: Span<UInt8>, _ word: Range<Int>, written: Int, _ out: MaskedOutput
  ) -> Int {
    var first = -1
    var last = -1
    var index = word.lowerBound
    while index < word.upperBound {
      let byte = text[index]
      if byte == 0x3C, index + 2 < word.upperBound, text[index + 1] == 0x2A, text[index + 2] == 0x3E
      {
        if first < 0 { first = index }
        last = index + 3
        index += 3
        continue
      }
      guard byte.isAlphanumeric else {
        index += 1
        continue
      }
      let start = index
      index = endOfRun(text, start..<word.upperBound)
      if let masked = maskedPart(text, start..<index) {
        if first < 0 { first = masked.lowerBound }
        last = masked.upperBound
      }
    }
    guard first >= 0 else {
      copy(text, written..<word.upperBound, at: count + (written - word.lowerBound), out)
      count += word.count
      return word.upperBound
    }
    while first > word.lowerBound, isSign(text[first - 1]),
      first - 1 == word.lowerBound || !text[first - 2].isAlphanumeric
    {
      first -= 1
    }
    last = endOfShortParts(text, last..<word.upperBound)
    let start = count
    if first == word.lowerBound + 1, last == word.upperBound, text[word.lowerBound] == 0x2A {
      // Such as `browser.exe *32`: a remark that may be missing.
      while count > 0, out[count - 1] == 0x20 { count -= 1 }
      return word.upperBound
    }
    // Letters at the word's start have been written while it was read.
    if first > written {
      copy(text, written..<first, at: start + (written - word.lowerBound), out)
    }
    var write = start + (first - word.lowerBound)
    writeMask(&write, out)
    var copied = last
    while copied < word.upperBound {
      out[write] = text[copied]
      write += 1
      copied += 1
    }
    count = write
    settle(start, out)
    return word.upperBound
  }

  /// Where the mask ends if parts of one or two letters behind it belong to it, as in `R30-M0-ND-C`.
  private func endOfShortParts(_ text: Span<UInt8>, _ rest: Range<Int>) -> Int {
    var end = rest.lowerBound
    while end < rest.upperBound, text[end] == 0x2D || text[end] == 0x5F || text[end] == 0x2E {
      let part = endOfRun(text, end + 1..<rest.upperBound)
      guard part > end + 1, part - end <= 3 else { break }
      end = part
    }
    return end
  }

  private func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "~")
  }

  private func endOfRun(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, text[index].isAlphanumeric { index += 1 }
    return index
  }

  /// What is masked of a run of letters and digits; nil when it is a word of its own. What begins
  /// with a digit, or goes back and forth between letters and digits, is masked whole. Which digits
  /// they are does not matter: `ByteHash.hashDigitsAlike` relies on it.
  private func maskedPart(_ text: Span<UInt8>, _ run: Range<Int>) -> Range<Int>? {
    if text[run.lowerBound].isDecimal { return run }
    var groups = 0
    var firstDigit = run.upperBound
    var digits = 0
    var isHex = true
    var wasDigit = false
    for index in run {
      let byte = text[index]
      if byte.isDecimal {
        digits += 1
        if !wasDigit { groups += 1 }
        if firstDigit == run.upperBound { firstDigit = index }
        wasDigit = true
      } else {
        isHex = isHex && byte.isHex
        wasDigit = false
      }
    }
    if groups == 0 { return isHex && run.count >= 8 ? run : nil }
    if isHex && run.count >= 6 || groups >= 2 { return run }
    return firstDigit..<firstDigit + digits
  }

  /// Writes a mask for the bytes of `text` from `start` to `end`; returns `end`.
  mutating func mask(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ out: MaskedOutput
  ) -> Int {
    let begin = count
    var write = begin
    writeMask(&write, out)
    count = write
    settle(begin, out)
    return end
  }

  @inline(__always)
  private func writeMask(_ write: inout Int, _ out: MaskedOutput) {
    out[write] = UInt8(ascii: "<")
    out[write + 1] = UInt8(ascii: "*")
    out[write + 2] = UInt8(ascii: ">")
    write += 3
  }

  /// Drops the word with a mask that begins at `start` of the output when it repeats the one before.
  private mutating func settle(_ start: Int, _ out: MaskedOutput) {
    let length = count - start
    if maskEnd > maskStart, maskEnd - maskStart == length, start - maskEnd <= 3 {
      var isSame = true
      for index in maskEnd..<start where !isJoint(out[index]) { isSame = false }
      if isSame, length > 3 {
        for offset in 0..<length where out[maskStart + offset] != out[start + offset] {
          isSame = false
          break
        }
      }
      if isSame {
        count = maskEnd
        return
      }
    }
    // Further fields of an identifier: `req-<*> <*>`.
    if length == 3, start == maskEnd + 1, out[maskEnd] == 0x20, out[maskEnd - 1] == 0x3E {
      count = maskEnd
      // What comes next is no repetition of the identifier itself.
      maskStart = maskEnd
      return
    }
    maskStart = start
    maskEnd = count
  }

  private func isJoint(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2C, 0x3B, 0x3A, 0x7C, 0x2D, 0x2F, 0x2B, 0x23, 0x2E: true
    default: false
    }
  }
}
