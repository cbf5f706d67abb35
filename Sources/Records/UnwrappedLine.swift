/// A line without its outer layers, and what those layers said.
package struct UnwrappedLine: Sendable {
  /// The inner text, in the line itself or in the buffer it was unescaped into.
  package var text: Range<Int>
  package var isCopied = false
  /// The innermost layer; nil when there was none.
  package var format: LineFormat?
  package var time: Timestamp?
  package var timeHasZone = false
  package var severity: Severity?
  package var stream: OutputStream = .unknown
  /// The program and its process, or the container, that the layers name, hashed; 0 for none.
  package var source: UInt64 = 0
  /// syslog says that the kernel wrote it.
  package var isKernel = false
  /// The line goes on in the next one of the same stream.
  package var isPartial = false

  init(text: Range<Int>) {
    self.text = text
  }
}

/// Which of a program's outputs a container's log says a line came from.
package enum OutputStream: UInt8, Sendable {
  case unknown, standardOutput, standardError
}
