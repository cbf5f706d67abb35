/// The last stamp of one form: its text up to the seconds, and what that text means.
struct StampMemory: Sendable {
  private var text: InlineArray<32, UInt8> = .init(repeating: 0)
  /// Bytes of `text` in use; 0 when nothing is remembered.
  private(set) var count = 0
  private(set) var takesZone = true
  /// Seconds since 1970 on the clock that wrote it.
  private(set) var localSeconds: Int64 = 0
  private var year: Int32 = 1970
  private var month: UInt8 = 1
  private var day: UInt8 = 1
  /// The offset of the reader's zone at that time, once it was needed.
  var zoneOffset: Int32?

  init() {}

  /// The time must be valid.
  init(_ civil: CivilTime, takesZone: Bool) {
    self.takesZone = takesZone
    localSeconds = civil.secondsSinceEpoch
    year = Int32(civil.year)
    month = UInt8(civil.month)
    day = UInt8(civil.day)
  }

  /// Whether the bytes at `start` are the remembered ones: eight at a time, from the end, where they
  /// differ first.
  func matches(_ line: Span<UInt8>, at start: Int) -> Bool {
    guard count >= 8, line.count - start >= count else { return false }
    // SAFETY: the views are of bytes, and every load is bounds-checked; any eight bytes are a valid
    // number.
    let read = unsafe line.bytes
    let kept = unsafe text.span.bytes
    var offset = count - 8
    while true {
      let word = unsafe read.unsafeLoadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
      let other = unsafe kept.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard word == other else { return false }
      if offset == 0 { return true }
      offset = max(0, offset - 8)
    }
  }

  /// Keeps the text, if it fits and has the eight bytes that every form has.
  mutating func remember(_ line: Span<UInt8>, _ range: Range<Int>) {
    guard range.count >= 8, range.count <= 32 else { return }
    for offset in 0..<range.count { text[offset] = line[range.lowerBound + offset] }
    count = range.count
  }

  /// Makes the next stamp be read anew.
  mutating func forgetText() { count = 0 }

  /// Moves the moment within its day.
  mutating func addSeconds(_ seconds: Int64) {
    localSeconds += seconds
    zoneOffset = nil
  }

  /// For the form whose year follows the remembered part. False when the date does not exist then.
  mutating func setYear(_ newYear: Int) -> Bool {
    guard newYear != Int(year) else { return true }
    var dated = CivilTime(year: newYear, month: Int(month), day: Int(day))
    guard dated.isValid else { return false }
    let newDay = dated.secondsSinceEpoch
    dated.year = Int(year)
    localSeconds += newDay - dated.secondsSinceEpoch
    year = Int32(newYear)
    zoneOffset = nil
    return true
  }
}
