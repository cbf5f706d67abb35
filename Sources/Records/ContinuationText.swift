import Bytes

// What lines in the middle of a multi-line record look like.
extension Span where Element == UInt8 {
  /// The sentences that Python prints between the tracebacks of a chain.
  var isChainJoint: Bool {
    has("The above exception was the direct cause of the following exception:", at: 0)
      || has("During handling of the above exception, another exception occurred:", at: 0)
  }

  /// What SQLAlchemy and httpx print below an exception's own line.
  var isExceptionDetail: Bool {
    has("[SQL: ", at: 0) || has("[parameters: ", at: 0)
      || has("(Background on this error at: ", at: 0)
      || has("For more information check: ", at: 0)
  }

  /// `future: <Task finished …>` and the like below a line of asyncio's logger.
  var isAsyncioContext: Bool {
    var cursor = ByteCursor()
    while let byte = cursor.peek(self), byte &- 0x61 < 26 || byte == 0x5F { cursor.position += 1 }
    return cursor.position > 2 && cursor.take(": ", in: self)
  }

  /// `java.io.IOException: disk` or `sqlalchemy.exc.OperationalError`: a dotted name whose last part
  /// starts with a capital, alone or before a colon.
  var isExceptionName: Bool {
    var index = 0
    var lastDot: Int?
    while index < count, index < Limits.loggerNameBytes {
      let byte = self[index]
      if byte == 0x2E {
        lastDot = index
      } else if !(byte.isWord || byte == 0x24) {
        break
      }
      index += 1
    }
    guard let lastDot, lastDot > 0, lastDot + 1 < index, self[lastDot + 1].isUppercase else {
      return false
    }
    return index == count
      || (self[index] == 0x3A && (index + 1 == count || self[index + 1] == 0x20))
  }

  /// `/app/x.js:12`, `node:events:502`, `[eval]:1`: where Node says an error was thrown.
  var isNodeSource: Bool {
    guard count > 3, count < 512, self[count - 1].isDigit else { return false }
    guard
      self[0] == 0x2F || has("node:", at: 0) || has("file://", at: 0) || has("[eval", at: 0)
        || has("<anonymous_script>", at: 0)
    else { return false }
    var index = count - 1
    while index > 0, self[index].isDigit { index -= 1 }
    return self[index] == 0x3A && firstIndex(of: 0x20) == nil
  }

  /// A line of carets under a source line.
  var isCaretLine: Bool {
    var carets = 0
    for index in indices {
      if self[index] == 0x5E {
        carets += 1
      } else if self[index] != 0x20 && self[index] != 0x09 {
        return false
      }
    }
    return carets > 0
  }

  /// `goroutine 1 [running]:`, `main.f(0x1)`, `created by …`, `exit status 2`.
  var isGoTraceLine: Bool {
    has("goroutine ", at: 0) || has("created by ", at: 0) || has("exit status ", at: 0)
      || has("[signal ", at: 0) || has("runtime ", at: 0) || has("panic: ", at: 0)
      || self[count - 1] == 0x29 || isGoRegister
  }

  /// `#0 /app/x.php(12): f()` and `{main}`.
  var isPHPFrame: Bool {
    if has("{main}", at: 0) { return true }
    return count > 2 && self[0] == 0x23 && self[1].isDigit
  }
}
