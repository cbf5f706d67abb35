/// Words that are part of a time, date, size or duration because of what stands beside them.
extension MaskingPass {
  /// Whether a word of letters belongs to a number: a unit behind one, or the name of a day or month
  /// in a date, or the host of a syslog header behind its date.
  func isPartOfMask(
    _ text: Span<UInt8>, _ word: Range<Int>, _ out: MaskedOutput
  ) -> Bool {
    if count == maskEnd + 1, maskEnd - maskStart == 3, out[count - 1] == 0x20,
      word.count <= 7 || maskStart == 0
    {
      if MaskedWords.units.contains(text, word) { return true }
      if maskStart == 0, isHeaderHost(text, word) { return true }
    }
    guard word.count == 3, text[word.lowerBound].isUpper else { return false }
    if MaskedWords.months.contains(text, word) {
      return startsNumber(text, word.upperBound) || count == maskEnd + 1
    }
    if MaskedWords.weekdays.contains(text, word) {
      guard let next = startOfNext(text, word.upperBound) else { return false }
      if text[next].isDecimal { return true }
      return next + 3 <= text.count && MaskedWords.months.contains(text, next..<next + 3)
    }
    return false
  }

  private func startOfNext(_ text: Span<UInt8>, _ end: Int) -> Int? {
    var index = end
    while index < text.count, index - end < 3, text[index].isBlank || text[index] == 0x2C {
      index += 1
    }
    return index < text.count && index > end ? index : nil
  }

  private func startsNumber(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard let next = startOfNext(text, end) else { return false }
    return text[next].isDecimal
  }

  /// Whether the text begins with `Jun 14 15:16:01` and `word` stands between that and `name[12]:`.
  func isHeaderHost(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.lowerBound >= 15, word.lowerBound <= 17, MaskedWords.months.contains(text, 0..<3),
      word.upperBound + 1 < text.count, text[word.upperBound] == 0x20
    else { return false }
    var index = word.upperBound + 1
    while index < text.count, !text[index].isBlank { index += 1 }
    return text[index - 1] == UInt8(ascii: ":")
  }
}
