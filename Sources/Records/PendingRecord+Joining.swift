import Bytes

extension PendingRecord {
  /// Whether a line that is not empty goes on with this record; notes what the line opens or ends.
  mutating func takes(
    _ text: Span<UInt8>, _ parsed: ParsedLine, _ candidate: borrowing Record
  ) -> Bool {
    guard isOpen else { return false }
    if record.format == .javaUtilLogging, lineCount == 1 {
      if takesJavaLevel(text) { return true }
    }
    switch parsed.role {
    case .attachment:
      return record.format == .postgresStderr && pid == parsed.pid
    case .head:
      if block == .outOfMemory, candidate.format == .kernelDmesg { return takesKernel(text) }
      if parsed.isDoubtful, block != .none { return takesAtMargin(text) }
      // The exception's own line may quote a request.
      guard block == .frames, !parsed.ownTime, candidate.format.isWeak else { return false }
      return takesAtMargin(text)
    case .directive: return false
    case .continuation:
      if block == .outOfMemory { return takesKernel(text) }
      let first = text[0]
      return first == 0x20 || first == 0x09 ? takesIndented(text) : takesAtMargin(text)
    }
  }

  /// What the first line of a record says about the lines that follow.
  mutating func openBlock(_ text: Span<UInt8>, _ parsed: ParsedLine) {
    let message = record.message.lowerBound
    if text.has("Traceback (most recent call last):", at: message) {
      record.shape = .pythonTraceback
      block = .frames
      return
    }
    if text.has("  + Exception Group Traceback", at: 0) {
      openGroup()
      return
    }
    let isKernel = parsed.layers.isKernel || record.format == .kernelDmesg
    if text[0] == 0x3D || text[0] == 0x23 || isKernel, openReport(text, isKernel: isKernel) {
      return
    }
    if parsed.role == .head { return }
    let last = text[text.count - 1]
    if text.has("Exception in thread \"", at: 0) {
      record.shape = .javaTrace
    } else if text.has("panic: ", at: 0) || text.has("fatal error: ", at: 0)
      || (text[0] == 0x53 && text.isGoSignal)
    {
      record.shape = .goPanic
      block = .goPanic
    } else if text.isNodeSource {
      block = .nodeSource
    } else if last == 0x3A || last == 0x20, text.isRemoteTraceback {
      block = .chain
    }
  }

  private mutating func openGroup() {
    record.shape = .pythonTraceback
    block = .exceptionText
    marginLines = Limits.exceptionTextLines
  }

  // MARK: lines that start with white space

  private mutating func takesIndented(_ text: Span<UInt8>) -> Bool {
    if text.has("  + Exception Group Traceback", at: 0) {
      switch block {
      case .chain: break
      case .exceptionText: return false
      default: guard takesTraceback else { return false }
      }
      openGroup()
      return true
    }
    if block == .none, !hasFrames, text.isFrame { hasFrames = true }
    switch block {
    case .exceptionText:
      if marginLines < Limits.exceptionTextLines { marginLines = 0 }
    case .nodeSource:
      if text.isCaretLine { openNode() }
    case .none:
      if record.shape != .pythonTraceback, text.has("\tat ", at: 0) {
        record.shape = .javaTrace
      }
    default: break
    }
    return true
  }

  private mutating func openNode() {
    block = .node
    record.shape = .nodeTrace
  }

  // MARK: lines at the left margin

  private mutating func takesAtMargin(_ text: Span<UInt8>) -> Bool {
    let isTraceback = text.has("Traceback (most recent call last):", at: 0)
    switch block {
    case .frames:
      if isTraceback { return false }
      if text.has("> File \"", at: 0) { return true }
      block = .exceptionText
      marginLines = 0
      return true
    case .exceptionText: return takesExceptionText(text, isTraceback)
    case .chain:
      if isTraceback {
        block = .frames
        record.shape = .pythonTraceback
      }
      return isTraceback || text.has("\"\"\"", at: 0)
    case .nodeSource:
      if text.isCaretLine {
        openNode()
        return true
      }
      marginLines += 1
      if marginLines <= Limits.nodeSourceLines { return true }
      block = .none
      return false
    case .node:
      if text.has("Node.js v", at: 0) { block = .nodeEnd }
      return true
    case .nodeEnd: return false
    case .goPanic: return text.isGoTraceLine
    case .phpTrace where text.isPHPFrame || text.isPHPNext: return true
    case .outOfMemory, .erlangReport, .slowQueryHead, .slowQuery: return takesReport(text)
    case .phpTrace, .none: return takesLoose(text, isTraceback)
    }
  }

  private mutating func takesExceptionText(_ text: Span<UInt8>, _ isTraceback: Bool) -> Bool {
    if isTraceback { return false }
    if text.isChainJoint {
      block = .chain
      return true
    }
    if text.isExceptionDetail { return true }
    if text.isNodeSource { return false }
    guard blankLines == 0 else { return false }
    marginLines += 1
    return marginLines <= Limits.exceptionTextLines
  }

  private mutating func takesLoose(_ text: Span<UInt8>, _ isTraceback: Bool) -> Bool {
    if isTraceback {
      guard takesTraceback else { return false }
      record.shape = .pythonTraceback
      block = .frames
      return true
    }
    if text.has("Caused by: ", at: 0) {
      record.shape = .javaTrace
      return true
    }
    if text.has("goroutine ", at: 0), text[text.count - 1] == 0x3A {
      record.shape = .goPanic
      block = .goPanic
      return true
    }
    if text.has("Stack trace:", at: 0) || text.has("[stacktrace]", at: 0) {
      block = .phpTrace
      return true
    }
    if text.isExceptionDetail { return true }
    if blankLines == 1, lineCount == 1, record.format == .springBoot {
      return statesError && text.isExceptionName
    }
    guard blankLines == 0 else { return false }
    if !text[0].isLetter || text[text.count - 1] == 0x27, takesFrameAtMargin(text) { return true }
    guard record.format != .unknown else { return false }
    if record.format == .pythonWarning {
      return text.firstIndex(of: "Warning: Enable tracemalloc", from: 0) != nil
    }
    if isAsyncioHead, text.isAsyncioContext { return true }
    let isFirst =
      lineCount == 1 || (lineCount == 2 && record.format == .javaUtilLogging)
      || (lineCount <= Limits.exceptionTextLines && record.format == .dotnetSimpleConsole)
    guard isFirst, statesFailure else { return false }
    return text.isExceptionName || (statesError && text.isErrorName)
  }

  private var statesError: Bool {
    !severityIsOfLayer && (record.severity ?? .trace) >= .error
  }

  /// Whether a traceback right behind belongs to this record: not behind an access line, nor behind
  /// one that says all is well.
  private var takesTraceback: Bool {
    guard blankLines == 0, !record.isRequest else { return false }
    switch record.shape {
    case .single, .joined: break
    default: return false
    }
    if record.format == .unknown {
      return text.last == 0x3A || text.span.has("Exception ", at: 0)
        || text.span.has("Unhandled ", at: 0)
    }
    return statesFailure
  }

  var statesFailure: Bool {
    guard let severity = record.severity, !severityIsOfLayer else { return true }
    return severity >= .warning
  }

  private var isAsyncioHead: Bool {
    text.span.firstIndex(of: "asyncio", from: 0) != nil
  }

  /// `SEVERE: save failed`, the second line of java.util.logging.
  private mutating func takesJavaLevel(_ text: Span<UInt8>) -> Bool {
    var cursor = ByteCursor()
    guard let word = cursor.takeUppercase(in: text), cursor.take(": ", in: text),
      let level = Severity(word: text, word)
    else { return false }
    record.severity = level
    severityIsOfLayer = false
    let start = self.text.count + 1
    record.message = (start + cursor.position)..<(start + text.count)
    return true
  }
}

extension LineFormat {
  /// Recognised by what stands in the middle of a line, which may be quoted from elsewhere.
  var isWeak: Bool { self == .genericAccess || self == .pythonWarning }
}
