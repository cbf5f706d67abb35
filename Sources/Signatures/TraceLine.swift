/// One line of a traceback without its indentation and without the rules that Python draws beside
/// the errors of a group.
struct TraceLine {
  /// Blanks before the text, counted behind a group's `| `.
  private(set) var indent = 0
  private(set) var body: Range<Int>
  /// `+---------------- 2 ----------------` and the like.
  private(set) var isRuler = false

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
      isRuler = text.first("----", in: body) != nil
    }
  }
}
