/// What came of one try.
package enum TryResult: Sendable, Hashable {
  case delivered
  /// It may work later; the sink may have said when, in nanoseconds from now.
  case failed(reason: String, retryAfter: Int64?)
  /// It will never work as it is.
  case refused(reason: String)

  /// What an answer of an HTTP server means.
  package init(status: Int, retryAfter: String?, body: String, now: Int64) {
    let shown = SinkText.oneLine(body, limit: Limits.answerCharacters)
    let reason = "status \(status)" + (shown.isEmpty ? "" : ": \(shown)")
    switch status {
    case 200..<300: self = .delivered
    case 408, 425, 429, 500..<600:
      self = .failed(
        reason: reason, retryAfter: retryAfter.flatMap { Self.wait($0, now: now) })
    // A redirect to another place is not followed: the message is for whom it was written for.
    default: self = .refused(reason: reason)
    }
  }

  /// What the exit status of a program means, by sysexits(3).
  package init(exitStatus: Int32, output: String) {
    let shown = SinkText.oneLine(output, limit: Limits.answerCharacters)
    let reason = "exit status \(exitStatus)" + (shown.isEmpty ? "" : ": \(shown)")
    switch exitStatus {
    case 0: self = .delivered
    case 75: self = .failed(reason: reason, retryAfter: nil)
    default: self = .refused(reason: reason)
    }
  }

  /// Seconds, or a date as HTTP writes it; nil if it is neither.
  static func wait(_ text: String, now: Int64) -> Int64? {
    let text = text.split(separator: " ").joined(separator: " ")
    if let seconds = Int64(text) {
      return min(max(0, seconds), Limits.retryAfterNanoseconds / 1_000_000_000) * 1_000_000_000
    }
    guard let date = HTTPDate.nanoseconds(text) else { return nil }
    return min(max(0, date - now), Limits.retryAfterNanoseconds)
  }
}

/// `Sun, 22 Nov 2026 16:00:00 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func nanoseconds(_ text: String) -> Int64? {
    let parts = text.split { " :".contains($0) }
    guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]),
      let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
      let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
      (1970...2200).contains(year), (1...31).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    // Days since 1970 of a civil date; the year begins in March, so that leap days come last.
    let shifted = month >= 2 ? year : year - 1
    let monthOfMarch = (month + 10) % 12
    let dayOfYear = (153 * monthOfMarch + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000_000
  }
}
