import Bytes

// Blocks that a program or the kernel writes as a report, and stacks that are not indented.
extension PendingRecord {
  /// Opens the block that the first line of a report announces.
  mutating func openReport(_ text: Span<UInt8>, isKernel: Bool) -> Bool {
    if text[0] == 0x3D, record.format == .generic {
      block = .erlangReport
    } else if text.has("# Time: ", at: 0) || text.has("# User@Host: ", at: 0) {
      block = .slowQueryHead
    } else if isKernel,
      text.firstIndex(of: " invoked oom-killer: ", from: record.message.lowerBound) != nil
    {
      block = .outOfMemory
    } else {
      return false
    }
    return true
  }

  /// A line of the kernel while it reports on its memory. The victim's line ends the report.
  mutating func takesKernel(_ text: Span<UInt8>) -> Bool {
    guard lineCount < Limits.outOfMemoryLines else {
      block = .none
      return false
    }
    if text.firstIndex(of: "illed process ", from: 0) != nil { block = .none }
    return true
  }

  /// A line at the margin of a report by Erlang or MySQL.
  mutating func takesReport(_ text: Span<UInt8>) -> Bool {
    switch block {
    case .erlangReport: return blankLines == 0
    case .slowQueryHead:
      if text[0] != 0x23 { block = .slowQuery }
      return true
    case .slowQuery: return text[0] != 0x23
    default: return false
    }
  }

  /// Lines that can only belong to what stands before them: Ruby's frames, .NET's joints, the brace
  /// that ends an error's properties in Node, and Rails' lines of one request.
  func takesFrameAtMargin(_ text: Span<UInt8>) -> Bool {
    switch text[0] {
    case 0x2D: return hasFrames && text.has("--- End of ", at: 0)
    case 0x7D: return hasFrames && text.count <= 2
    case 0x5B: return record.format == .railsLogger && repeatsTag(text)
    default: return text.isRubyFrame && !record.isRequest && (hasFrames || statesFailure)
    }
  }

  /// Whether a line starts with the tag in brackets that the head's message starts with.
  private func repeatsTag(_ line: Span<UInt8>) -> Bool {
    let head = text.span
    var cursor = ByteCursor(record.message.lowerBound)
    guard let tag = cursor.takeBracketed(in: head), line.count > tag.count + 2 else { return false }
    for offset in 0...tag.count where line[1 + offset] != head[tag.lowerBound + offset] {
      return false
    }
    return true
  }
}

extension Span where Element == UInt8 {
  /// `\tat `, `    at `, `\tfrom `: Java, .NET, Node, Ruby.
  var isFrame: Bool {
    var cursor = ByteCursor()
    while let byte = cursor.peek(self), byte == 0x20 || byte == 0x09 { cursor.position += 1 }
    if cursor.take("at ", in: self) { return firstIndex(of: 0x28, from: cursor.position) != nil }
    return cursor.take("from ", in: self) && firstIndex(of: ":in ", from: cursor.position) != nil
  }

  /// Whether a line names an exception, an error or a panic whose stack may follow.
  func announcesFailure(isGo: Bool) -> Bool {
    if count > 6, self[count - 1] == 0x3A || has("Error)", at: count - 6) { return true }
    if isGo { return firstIndex(of: "panic serving ", from: 0) != nil }
    return has("Exception ", at: 0) || has("Unhandled ", at: 0) || has("Uncaught ", at: 0)
      || isErrorName || isExceptionName
  }

  /// `/app/lib/a.rb:12:in 'save'`, which always ends with a quotation mark.
  var isRubyFrame: Bool {
    guard self[count - 1] == 0x27 else { return false }
    let end = Swift.min(count, Limits.loggerNameBytes)
    var index = 0
    while index < end, self[index] != 0x20 {
      if self[index] == 0x2E, has(".rb:", at: index) {
        var cursor = ByteCursor(index + 4)
        return cursor.takeDigits(in: self) != nil && cursor.take(":in ", in: self)
      }
      index += 1
    }
    return false
  }

  /// `SIGQUIT: quit`, above the stacks of a Go program that a signal has ended.
  var isGoSignal: Bool {
    var cursor = ByteCursor()
    guard cursor.take("SIG", in: self), cursor.takeUppercase(in: self) != nil else { return false }
    return cursor.take(": ", in: self)
  }

  /// `rax    0xca`, `PC=0x46d3e1 m=0`: what Go prints of the processor.
  var isGoRegister: Bool {
    if has("PC=0x", at: 0) { return true }
    var cursor = ByteCursor()
    while let byte = cursor.peek(self), byte.isWord { cursor.position += 1 }
    guard (2...6).contains(cursor.position), cursor.skip(0x20, in: self) > 0 else { return false }
    return cursor.take("0x", in: self)
  }

  /// `concurrent.futures.process._RemoteTraceback:`, above a worker's traceback in quotes.
  var isRemoteTraceback: Bool {
    let name: StaticString = "RemoteTraceback:"
    guard count > 16, count < Limits.loggerNameBytes,
      self[count - 1] == 0x20 || self[count - 1] == 0x3A,
      let found = firstIndex(of: name, from: 0)
    else {
      return false
    }
    return found + name.utf8CodeUnitCount + 1 >= count
  }

  /// `TypeError: message`: one word that ends like the name of an error.
  var isErrorName: Bool {
    guard count > 6, self[0].isUppercase else { return false }
    var end = 0
    while end < count, self[end].isWord { end += 1 }
    guard end == count || (self[end] == 0x3A && (end + 1 == count || self[end + 1] == 0x20)) else {
      return false
    }
    return has("Error", at: end - 5) || has("Exception", at: end - 9)
  }

  /// `Next RuntimeException: outer`, `[previous exception]`, and the quotation mark that ends a JSON
  /// text with a trace in it.
  var isPHPNext: Bool {
    has("Next ", at: 0) || has("Stack trace:", at: 0) || has("[previous exception]", at: 0)
      || has("[stacktrace]", at: 0) || has("\"}", at: 0)
  }
}
