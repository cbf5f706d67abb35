extension DemoService {
  /// uvicorn's access line behind a time, with the duration at its end.
  mutating func addApp(_ request: Request, status: Int, from start: Int64, to end: Int64) {
    var text = LineText()
    text.append(dashedTime: end)
    let port = random.integer(in: 32_768..<61_000)
    let reason = Shop.reason(status)
    text.append(" INFO:     10.0.0.1:\(port) - \"\(request.line)\" \(status) \(reason) ")
    let tenths = (end - start) / 100
    text.append("\(tenths / 10).\(tenths % 10)ms\n")
    add(.app, at: end, text, marks: status >= 500 ? [.appRequest, .appServerError] : .appRequest)
  }

  /// A line of uvicorn or the shop itself: level, colon, padding to ten columns, message.
  mutating func addAppMessage(_ level: String, _ message: String, at time: Int64) {
    var text = LineText()
    appendAppHead(level, at: time, to: &text)
    text.append("\(message)\n")
    add(.app, at: time, text)
  }

  /// The record of an exception that nobody caught.
  mutating func addTraceback(
    _ traceback: String, _ request: Request, at time: Int64, marks: Marks
  ) {
    var text = LineText()
    appendAppHead("ERROR", at: time, to: &text)
    text.append("Exception in ASGI application\n")
    text.append(request.blanks.filled(traceback))
    add(.app, at: time, text, marks: marks.union(.traceback))
  }

  private func appendAppHead(_ level: String, at time: Int64, to text: inout LineText) {
    text.append(dashedTime: time)
    text.append(" \(level):")
    for _ in level.utf8.count + 1..<10 { text.append(" ") }
  }
}
