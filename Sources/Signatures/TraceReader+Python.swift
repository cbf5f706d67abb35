/// Python's tracebacks and Go's panics, whose lines mean something only beside others.
extension TraceReader {
  mutating func readPython(_ text: Span<UInt8>, _ line: TraceLine) -> Bool {
    let body = line.body
    if text.hasSuffix("Traceback (most recent call last):", body) {
      python.isInside = true
      python.indent = line.indent
      frame = nil
      return true
    }
    guard python.isInside else { return false }
    if text.has("File \"", at: body.lowerBound, before: body.upperBound) {
      if let own = OwnFrame(python: text, body) { frame = own }
      return true
    }
    guard line.indent <= python.indent else { return true }
    python.isInside = false
    let name = body.lowerBound..<ErrorLine.endOfName(text, body)
    guard !name.isEmpty else { return true }
    let error = ErrorLine(name: name, line: body)
    if python.isInGroup {
      parts.groupedClasses.addSorted(name, of: text)
      if rootFrame == nil { rootFrame = frame }
    } else if root == nil {
      // The first of a chain is the one that began it.
      root = error
      rootFrame = frame
    } else {
      outer = error
      if rootFrame == nil { rootFrame = frame }
    }
    return true
  }

  mutating func readGo(_ text: Span<UInt8>, _ line: TraceLine) -> Bool {
    let body = line.body
    if text.has("panic: ", at: body.lowerBound, before: body.upperBound)
      || text.has("fatal error: ", at: body.lowerBound, before: body.upperBound)
    {
      if root == nil {
        var end = body.lowerBound
        while text[end] != 0x3A { end += 1 }
        if text.has(": runtime error", at: end, before: body.upperBound) { end += 15 }
        root = ErrorLine(name: body.lowerBound..<end, line: body)
      }
      return true
    }
    if text.has("goroutine ", at: body.lowerBound, before: body.upperBound),
      text.hasSuffix("]:", body)
    {
      go.isInside = !go.isDone
      return true
    }
    guard go.isInside else { return false }
    if line.indent > 0 {
      if let function = go.function, rootFrame == nil {
        rootFrame = OwnFrame(go: text, function: function, path: body)
      }
      go.function = nil
    } else {
      go.function = body
    }
    return true
  }

  /// A frame of the languages that print the innermost one first.
  mutating func readFrame(_ text: Span<UInt8>, _ line: TraceLine) -> Bool {
    let body = line.body
    let own: OwnFrame?
    if text.has("at ", at: body.lowerBound, before: body.upperBound), line.indent > 0 {
      // Node opens the error's properties behind its last frame.
      let end = text.hasSuffix(" {", body) ? body.upperBound - 2 : body.upperBound
      own = OwnFrame(at: text, body.lowerBound + 3..<max(end, body.lowerBound + 3))
    } else if text.has("from ", at: body.lowerBound, before: body.upperBound), line.indent > 0,
      text.first(":in ", in: body) != nil
    {
      own = OwnFrame(ruby: text, body.lowerBound + 5..<body.upperBound)
    } else if text[body.lowerBound] == 0x23, body.count > 3, text[body.lowerBound + 1].isDecimal {
      own = OwnFrame(php: text, body)
    } else if hasFrames || candidate != nil, ErrorLine(ruby: text, body) == nil,
      text.first(".rb:", in: body) != nil, text.first(":in ", in: body) != nil
    {
      own = OwnFrame(ruby: text, body)
    } else {
      return false
    }
    if root == nil { root = candidate }
    hasFrames = true
    if rootFrame == nil, let own {
      rootFrame = own
      frame = own
    }
    return true
  }
}
