/// A record as it is put together.
struct LineText {
  private var text = ""

  /// What was put together so far.
  var bytes: [UInt8] { Array(text.utf8) }

  mutating func append(_ more: String) {
    text += more
  }

  mutating func append(_ number: Int) {
    append(String(number))
  }

  /// A number that is not negative, with zeros in front up to the width.
  mutating func append(_ number: Int, width: Int) {
    let digits = String(number)
    for _ in digits.utf8.count..<max(width, digits.utf8.count) { append("0") }
    append(digits)
  }

  /// Thousandths with three decimals: 12 is `0.012`.
  mutating func append(thousandths: Int64) {
    append(Int(thousandths / 1_000))
    append(".")
    append(Int(thousandths % 1_000), width: 3)
  }

  /// `2026-11-22 10:00:00.123`, the time of PostgreSQL and the application.
  mutating func append(dashedTime microseconds: Int64) {
    append(date: microseconds, separator: "-")
    append(".")
    append(Int(microseconds / 1_000 % 1_000), width: 3)
  }

  /// `2026/11/22 10:00:00`, the time of the nginx error log.
  mutating func append(slashedTime microseconds: Int64) {
    append(date: microseconds, separator: "/")
  }

  /// `22/Nov/2026:10:00:00 +0000`, the time of the nginx access log.
  mutating func append(accessTime microseconds: Int64) {
    let time = CivilTime(seconds: Int(microseconds / 1_000_000))
    append(time.day, width: 2)
    append("/")
    append(time.monthName)
    append("/")
    append(time.year, width: 4)
    append(":")
    append(clock: time)
    append(" +0000")
  }

  private mutating func append(date microseconds: Int64, separator: String) {
    let time = CivilTime(seconds: Int(microseconds / 1_000_000))
    append(time.year, width: 4)
    append(separator)
    append(time.month, width: 2)
    append(separator)
    append(time.day, width: 2)
    append(" ")
    append(clock: time)
  }

  private mutating func append(clock time: CivilTime) {
    append(time.hour, width: 2)
    append(":")
    append(time.minute, width: 2)
    append(":")
    append(time.second, width: 2)
  }
}
