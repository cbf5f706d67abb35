/// One line of a traceback without its indentation and without the rules that Python draws beside
/// the errors of a group.
struct TraceLine {
  /// Blanks before the text, counted behind a group's `| `.
  private(set) var indent = 0
  private(set) var body: Range<Int>
  /// `+---------------- 2 ----------------` before an error of a group.
  private(set) var isRuler = false
  /// `+------------------------------------` behind the last one.
  private(set) var isEndOfGroup = false

  init(_ text: Span<UInt8>, _ line: Range<Int>) {
    var index = line.lowerBound
    while index < line.upperBound, text[index].isBlank { index += 1 }
    indent = index - line.lowerBound
    body = index..<line.upperBound
    while index < line.upperBound, text[index] == UInt8(ascii: "|") {
      index += 1
      let start = index
      while index < line.upperBound, text[index].isBlank { index += 1 }
      indent = max(0, index - start - 1)
      body = index..<line.upperBound
    }
    if text.has("+ Exception Group Traceback", at: index, before: line.upperBound) {
      body = index + 18..<line.upperBound
      indent = 0
    } else if text.has("+-", at: index, before: line.upperBound) {
      var hasNumber = false
      for index in body where text[index].isDecimal || text[index] == 0x2E { hasNumber = true }
      let isLine = text.first("----", in: body) != nil
      isRuler = isLine && hasNumber
      isEndOfGroup = isLine && !hasNumber
    }
  }
}
