import Foundation
import Testing

/// Seeded access log lines at chosen moments.
struct AccessLog {
  private var random: UInt64
  private let stamp: DateFormatter

  init(seed: UInt64) {
    random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    stamp = DateFormatter()
    stamp.locale = Locale(identifier: "en_US_POSIX")
    stamp.timeZone = TimeZone(secondsFromGMT: 0)
    stamp.dateFormat = "dd/MMM/yyyy:HH:mm:ss +0000"
  }

  private mutating func below(_ bound: Int) -> Int {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return Int(random % UInt64(bound))
  }

  /// One request as nginx logs it.
  mutating func line(_ time: Date, status: Int) -> String {
    "10.0.\(below(8)).\(below(250)) - - [\(stamp.string(from: time))] "
      + "\"GET /api/orders/\(below(9_000)) HTTP/1.1\" \(status) \(80 + below(900)) \"-\" "
      + "\"curl/8.8.0\" rt=0.0\(10 + below(80))\n"
  }

  /// So many requests a second from one moment to another, of which a share fails.
  mutating func lines(
    from start: Date, to end: Date, perSecond: Int = 1, failing: Double = 0.02
  ) -> String {
    var text = ""
    var time = start
    while time < end {
      for _ in 0..<perSecond {
        text += line(time, status: Double(below(10_000)) < failing * 10_000 ? 502 : 200)
      }
      time += 1
    }
    return text
  }
}

/// Appends to a file as a service does.
func append(_ text: String, to path: String) throws {
  let handle = try #require(FileHandle(forWritingAtPath: path))
  defer { try? handle.close() }
  try handle.seekToEnd()
  try handle.write(contentsOf: Data(text.utf8))
}
