import Bytes

/// Reads the lines of an error's text and keeps what tells its kind.
///
/// Each language says which of a chain's errors began it: Python, PHP and Go print that one first;
/// Java, .NET, Node and Ruby last.
struct TraceReader {
  var parts = PinnedParts()
  /// A line that looks like an error's; it is one if frames follow.
  var candidate: ErrorLine?
  var root: ErrorLine?
  var outer: ErrorLine?
  /// The innermost own frame of the error at hand.
  var frame: OwnFrame?
  var rootFrame: OwnFrame?
  /// The own frame of an error that the root one caused, in case the root has none.
  var fallbackFrame: OwnFrame?
  var python = PythonState()
  var go = GoState()
  /// Frames of Java, Node, .NET or Ruby were seen, so that what follows is no new error's head.
  var hasFrames = false

  struct PythonState {
    /// Between `Traceback` or a group's ruler and the error's own line.
    var isInside = false
    var indent = 0
    var isInGroup = false
  }

  struct GoState {
    var isInside = false
    var isDone = false
    /// The line of a function, before its file's.
    var function: Range<Int>?
  }

  mutating func read(_ text: Span<UInt8>) {
    let limit = Limits.pinnedSearchBytes
    let head = min(text.count, limit)
    readLines(text, 0..<head)
    if text.count > head { readLines(text, max(head, text.count - limit)..<text.count) }
  }

  private mutating func readLines(_ text: Span<UInt8>, _ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(text.firstIndex(of: 0x0A, from: start) ?? text.count, range.upperBound)
      var stop = end
      while stop > start, text[stop - 1].isBlank { stop -= 1 }
      readLine(text, TraceLine(text, start..<stop))
      start = end + 1
    }
  }

  private mutating func readLine(_ text: Span<UInt8>, _ line: TraceLine) {
    if line.isRuler {
      // `+-+---- 1 ----` of a group: an error follows, with a traceback or without one.
      python.isInside = true
      python.isInGroup = true
      python.indent = 0
      frame = nil
      return
    }
    if line.isEndOfGroup {
      python.isInside = false
      return
    }
    let body = line.body
    guard !body.isEmpty else {
      if go.isInside {
        go.isInside = false
        go.isDone = true
      }
      return
    }
    if readPython(text, line) || readGo(text, line) || readFrame(text, line) { return }
    readHead(text, line)
  }

  /// Lines that name an error.
  private mutating func readHead(_ text: Span<UInt8>, _ line: TraceLine) {
    let body = line.body
    if text.has("Caused by: ", at: body.lowerBound, before: body.upperBound), line.indent == 0 {
      begin(ErrorLine(text, body.lowerBound + 11..<body.upperBound))
    } else if text.has("[cause]: ", at: body.lowerBound, before: body.upperBound) {
      begin(ErrorLine(text, body.lowerBound + 9..<body.upperBound))
    } else if let arrow = text.first("---> ", in: body) {
      if root == nil { outer = ErrorLine(text, body.lowerBound..<arrow) ?? candidate }
      begin(ErrorLine(text, arrow + 5..<body.upperBound))
    } else if let place = text.first("Uncaught ", in: body), root == nil {
      root = ErrorLine(text, place + 9..<body.upperBound)
    } else if text.has("thread '", at: body.lowerBound, before: body.upperBound),
      let place = text.first("panicked at ", in: body)
    {
      root = ErrorLine(name: place..<place + 8, line: body)
      frame = OwnFrame(rust: text, place + 12..<body.upperBound)
      rootFrame = frame
    } else if let error = ErrorLine(ruby: text, body), !hasFrames || line.indent == 0 {
      if root != nil, outer == nil { outer = root }
      root = error
      if candidate == nil { rootFrame = OwnFrame(ruby: text, body) }
      candidate = error
    } else if candidate == nil || !hasFrames, line.indent == 0 || candidate == nil {
      if let error = ErrorLine(searching: text, body) {
        if candidate == nil || error.isAtStart(of: body) { candidate = error }
      } else if text.hasSuffix("Stack trace:", body) || candidate != nil {
        return
      }
    }
  }

  /// The cause of what was read so far begins.
  private mutating func begin(_ error: ErrorLine?) {
    guard let error else { return }
    if outer == nil { outer = root ?? candidate }
    root = error
    frame = nil
    fallbackFrame = fallbackFrame ?? rootFrame
    rootFrame = nil
  }

  func finished(_ text: Span<UInt8>) -> PinnedParts {
    var parts = parts
    let root = root ?? candidate
    parts.rootClass = root?.name
    parts.headline = root?.line
    if let root, let outer, !text.isEqual(root.name, outer.name) { parts.outerClass = outer.name }
    let frame = rootFrame ?? fallbackFrame ?? frame
    parts.frameFile = frame?.file
    parts.frameFunction = frame?.function
    return parts
  }
}
