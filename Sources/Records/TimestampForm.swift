private import Bytes

/// The ways in which programs write a time. `y`, `M`, `d` are digits, `Mon` and `Www` names.
///
/// Those that `detect` returns differ in their first bytes, so that a text has at most one form and
/// nothing has to be tried in turn. The others look like plain numbers and are read on request.
enum TimestampForm: Int {
  /// `yyyy-MM-ddTHH:mm:ss`
  case isoT
  /// `yyyy-MM-dd HH:mm:ss`, also with `_`
  case isoSpace
  /// `yyyy/MM/dd HH:mm:ss`: nginx, Go
  case slashes
  /// `yy/MM/dd HH:mm:ss`: Spark, HDFS
  case shortSlashes
  /// `dd/Mon/yyyy:HH:mm:ss`, also with a space: access logs, Django
  case accessLog
  /// `d-Mon-yyyy HH:mm:ss`, also with `::`: PHP, old RabbitMQ
  case dashes
  /// `d Mon yyyy HH:mm:ss`: Redis; before version 4 without the year
  case spaces
  /// `Www, dd Mon yyyy HH:mm:ss`: RFC 9110, RFC 5322
  case internet
  /// `Www Mon dd HH:mm:ss[.f] [zone ]yyyy`: Apache, uWSGI, `date`
  case clock
  /// `Mon dd HH:mm:ss[.f][ yyyy]`, `Mon dd yyyy HH:mm:ss`, `Mon d, yyyy h:mm:ss PM`: syslog, Cisco,
  /// Java
  case monthFirst
  /// `MMdd HH:mm:ss`, `yyyyMMdd HH:mm:ss`; on request
  case klog
  /// `HH:mm:ss`; on request
  case timeOnly
  /// `yyMMdd HH:mm:ss`; on request
  case compact

  static let count = 13

  /// The only form that the bytes at `start` can have, judged by their shape.
  static func detect(_ line: Span<UInt8>, at start: Int) -> TimestampForm? {
    guard start >= 0, line.count - start >= 15 else { return nil }
    let first = line[start]
    let second = line[start + 1]
    let third = line[start + 2]
    let fourth = line[start + 3]
    if first &- 0x30 < 10 {
      guard second &- 0x30 < 10 else {
        guard isLetter(third) else { return nil }
        return second == 0x2D ? .dashes : second == 0x20 ? .spaces : nil
      }
      switch third {
      case 0x30...0x39:
        let fifth = line[start + 4]
        if fifth == 0x2D { return line[start + 10] | 0x20 == 0x74 ? .isoT : .isoSpace }
        return fifth == 0x2F ? .slashes : nil
      case 0x2F:
        return isLetter(fourth) ? .accessLog : .shortSlashes
      case 0x2D:
        return isLetter(fourth) ? .dashes : nil
      case 0x20:
        return isLetter(fourth) ? .spaces : nil
      default:
        return nil
      }
    }
    guard isLetter(first), isLetter(second), isLetter(third) else { return nil }
    if fourth == 0x2C { return .internet }
    guard fourth == 0x20 else { return nil }
    return isLetter(line[start + 4]) ? .clock : .monthFirst
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26
  }
}
