/// Codes of errors, which masking would take for numbers.
extension RangeList {
  private static let errnos = WordSet(
    "EPERM ENOENT EINTR EIO ENXIO EBADF EAGAIN ENOMEM EACCES EFAULT EBUSY EEXIST EXDEV ENOTDIR EISDIR"
      + " EINVAL ENFILE EMFILE EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDEADLK ENOSYS ELOOP EPROTO")
  private static let signals = WordSet(
    "SIGSEGV SIGABRT SIGBUS SIGFPE SIGILL SIGKILL SIGTERM SIGPIPE SIGTRAP")

  /// Adds the codes in `range`: SQLSTATE, errno by name or number, `AH01114`, `ORA-00942`, `MY-010`,
  /// `ERR_…`, Prisma's `P2002`, MongoDB's `E11000`, signals, SQLAlchemy's page of an error.
  mutating func addCodes(of text: Span<UInt8>, in range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      guard byte.isAlphanumeric else {
        index += 1
        continue
      }
      var end = index
      while end < range.upperBound, text[end].isAlphanumeric || text[end] == 0x5F { end += 1 }
      let word = index..<end
      index = end
      if byte.isUpper {
        addCapitals(text, word, range)
      } else if byte == UInt8(ascii: "e") {
        if text.has("errno", at: word.lowerBound, before: end) { addBehind(text, end, range) }
      } else if byte == UInt8(ascii: "s") {
        if text.has("sqlstate", at: word.lowerBound, before: end) {
          addBehind(text, end, range)
        } else if text.has("sqlalche", at: word.lowerBound, before: end) {
          addPage(text, end, range)
        }
      } else if byte.isDecimal, isListedNumber(text, word, range) {
        add(word, of: text)
      }
    }
  }

  private mutating func addCapitals(
    _ text: Span<UInt8>, _ word: Range<Int>, _ range: Range<Int>
  ) {
    let start = word.lowerBound
    let end = word.upperBound
    if text.has("SQLSTATE", at: start, before: end) || text.has("Errno", at: start, before: end)
      || text.has("HRESULT", at: start, before: end)
    {
      addBehind(text, end, range)
    } else if text.has("ERR_", at: start, before: end) || Self.errnos.contains(text, word)
      || Self.signals.contains(text, word) || isLongErrno(text, word)
    {
      add(word, of: text)
    } else if isNumbered(text, word, "AH", digits: 5) || isNumbered(text, word, "P", digits: 4)
      || isNumbered(text, word, "E", digits: 5) || isNumbered(text, word, "PG", digits: 4)
    {
      add(word, of: text)
    } else if end < range.upperBound, text[end] == 0x2D, word.count <= 5 {
      // `ORA-00942`, `MY-010055`, `PLS-00201`.
      var last = end + 1
      while last < range.upperBound, text[last].isDecimal { last += 1 }
      var isCapital = true
      for index in word where !text[index].isUpper { isCapital = false }
      if isCapital, last - end > 4, last - end <= 8,
        last == range.upperBound || !text[last].isAlphanumeric
      {
        add(start..<last, of: text)
      }
    }
  }

  /// `ECONNREFUSED` and the like: longer than a word set keeps, and there are many.
  private func isLongErrno(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count >= 7, text[word.lowerBound] == UInt8(ascii: "E") else { return false }
    for index in word where !text[index].isUpper { return false }
    let end = word.upperBound
    let start = word.lowerBound
    return text.has("ECONN", at: start, before: end)
      || text.has("ETIMEDOUT", at: start, before: end)
      || text.has("EADDR", at: start, before: end) || text.has("EHOST", at: start, before: end)
      || text.has("ENET", at: start, before: end) || text.has("ENOT", at: start, before: end)
      || text.has("EAI", at: start, before: end) || text.has("EPROTO", at: start, before: end)
      || text.has("ENAMETOOLONG", at: start, before: end)
      || text.has("EWOULDBLOCK", at: start, before: end)
  }

  private func isNumbered(
    _ text: Span<UInt8>, _ word: Range<Int>, _ prefix: StaticString, digits: Int
  ) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard word.count == length + digits,
      text.has(prefix, at: word.lowerBound, before: word.upperBound)
    else { return false }
    for index in word.lowerBound + length..<word.upperBound where !text[index].isDecimal {
      return false
    }
    return true
  }

  /// The value behind a name such as `SQLSTATE[`, `errno: -` or `HRESULT = `.
  private mutating func addBehind(_ text: Span<UInt8>, _ end: Int, _ range: Range<Int>) {
    var start = end
    while start < range.upperBound, start - end < 4, !text[start].isAlphanumeric { start += 1 }
    var last = start
    while last < range.upperBound, text[last].isAlphanumeric { last += 1 }
    var hasDigit = false
    for index in start..<last where text[index].isDecimal { hasDigit = true }
    if hasDigit, last - start <= 12 { add(start..<last, of: text) }
  }

  /// `sqlalche.me/e/20/e3q8`: the version in it is left out.
  mutating func addPage(_ text: Span<UInt8>, _ end: Int, _ range: Range<Int>) {
    guard text.has(".me/e/", at: end, before: range.upperBound) else { return }
    var start = end + 6
    while start < range.upperBound, text[start].isDecimal { start += 1 }
    guard start < range.upperBound, text[start] == 0x2F else { return }
    var last = start + 1
    while last < range.upperBound, text[last].isAlphanumeric { last += 1 }
    add(start + 1..<last, of: text)
  }

  /// `(111: Connection refused)` of nginx, `(1146, "Table …` and `ERROR 1146 (42S02)` of MySQL.
  private func isListedNumber(
    _ text: Span<UInt8>, _ word: Range<Int>, _ range: Range<Int>
  ) -> Bool {
    let start = word.lowerBound
    if word.count == 5, text.has("(", at: start - 1, before: start),
      text.has(")", at: word.upperBound, before: range.upperBound)
    {
      return text.has("ERROR ", at: start - 12, before: start) || isMixed(text, word)
    }
    for index in word where !text[index].isDecimal { return false }
    if text.has("(", at: start - 1, before: start) {
      return text.has(": ", at: word.upperBound, before: range.upperBound)
        || word.count == 4 && text.has(", ", at: word.upperBound, before: range.upperBound)
    }
    return word.count == 4 && text.has("ERROR ", at: start - 6, before: start)
  }

  private func isMixed(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var capitals = 0
    for index in word {
      if text[index].isUpper { capitals += 1 } else if !text[index].isDecimal { return false }
    }
    return capitals > 0 && capitals < word.count
  }
}
