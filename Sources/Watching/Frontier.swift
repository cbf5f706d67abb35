import Records

/// What is known of one input: how much of it could be placed, and how far its time has come.
///
/// One line far ahead of all others carries a wrong clock; it must not carry the watermark with it.
/// So a leap in time counts once a few records have followed it.
struct Frontier {
  private static let leapNanoseconds: Int64 = 60_000_000_000
  private static let recordsBehindLeap = 3

  /// Physical lines read.
  private(set) var lines = 0
  /// Records with a time of their own.
  private(set) var stampedRecords = 0
  /// Newest time that can be trusted.
  private(set) var newest: Timestamp?
  /// Oldest time that a line has stated since `takeOldest`.
  private var oldest: Timestamp?
  private var leap: Timestamp?
  private var recordsSinceLeap = 0
  /// Records whose clock was more than a minute behind a record before them, and the longest way back.
  private(set) var recordsBehind = 0
  private(set) var farthestBehindNanoseconds: Int64 = 0

  mutating func take(_ record: borrowing Record) {
    lines += record.physicalLines
    guard let time = record.time else { return }
    if record.timeSource == .line {
      stampedRecords += 1
      oldest = oldest.map { min($0, time) } ?? time
    }
    guard let trusted = newest else {
      newest = time
      return
    }
    guard time.nanoseconds(since: trusted) > Self.leapNanoseconds else {
      let behind = trusted.nanoseconds(since: time)
      if behind > Self.leapNanoseconds, record.timeSource == .line {
        recordsBehind += 1
        farthestBehindNanoseconds = max(farthestBehindNanoseconds, behind)
      }
      newest = max(trusted, time)
      return
    }
    if let from = leap, time.nanoseconds(since: from).magnitude <= Self.leapNanoseconds.magnitude {
      recordsSinceLeap += 1
      leap = max(from, time)
    } else {
      leap = time
      recordsSinceLeap = 1
    }
    if recordsSinceLeap >= Self.recordsBehindLeap {
      newest = leap
      leap = nil
    }
  }

  /// Whether its clock went back: more than a few records of a disorderly writer.
  var wentBack: Bool { recordsBehind >= Self.recordsBehindLeap }

  /// The oldest time that a line has stated since the last call.
  mutating func takeOldest() -> Timestamp? {
    defer { oldest = nil }
    return oldest
  }

  /// Takes over what was read of the same input behind it.
  mutating func merge(_ next: Frontier) {
    lines += next.lines
    stampedRecords += next.stampedRecords
    recordsBehind += next.recordsBehind
    farthestBehindNanoseconds = max(farthestBehindNanoseconds, next.farthestBehindNanoseconds)
    guard let time = next.newest else { return }
    guard let trusted = newest else {
      newest = time
      return
    }
    let isLeap = time.nanoseconds(since: trusted) > Self.leapNanoseconds
    if !isLeap || next.stampedRecords > Self.recordsBehindLeap { newest = max(trusted, time) }
  }
}
