/// Lines on their way to standard output, in one piece of memory.
struct OutputBatch {
  private(set) var bytes: [UInt8] = []
  private(set) var lines = 0
  /// Where the last line begins.
  private var lastLine = 0

  /// Adds one line and its newline, behind its source and a tab.
  mutating func add(_ line: Span<UInt8>, source: String?) {
    if let source {
      bytes.append(contentsOf: source.utf8)
      bytes.append(UInt8(ascii: "\t"))
    }
    lastLine = bytes.count
    // SAFETY: the line is borrowed for the call and copied.
    unsafe line.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\n"))
    lines += 1
  }

  /// Forgets the lines; the memory stays.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    lines = 0
    lastLine = 0
  }

  /// The cursor of the last line, if that is an entry of journald in JSON.
  var journalCursor: String? {
    let line = bytes[lastLine...]
    guard line.first == UInt8(ascii: "{") else { return nil }
    return JournalCursor.find(in: line)
  }
}
