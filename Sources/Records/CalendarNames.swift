/// English month and weekday names of three letters, in any case.
enum CalendarNames {
  /// How long the full names are.
  static let monthLengths: [12 of Int] = [7, 8, 5, 5, 3, 4, 4, 6, 9, 7, 8, 8]

  /// 1 to 12.
  static func month(_ line: Span<UInt8>, at start: Int) -> Int? {
    guard let name = letters(line, at: start) else { return nil }
    return switch name {
    case code("jan"): 1
    case code("feb"): 2
    case code("mar"): 3
    case code("apr"): 4
    case code("may"): 5
    case code("jun"): 6
    case code("jul"): 7
    case code("aug"): 8
    case code("sep"): 9
    case code("oct"): 10
    case code("nov"): 11
    case code("dec"): 12
    default: nil
    }
  }

  /// Whether a date that begins with a name may stand here: a cheap look at the first three bytes.
  static func mayStart(_ line: Span<UInt8>, at start: Int) -> Bool {
    month(line, at: start) != nil || isWeekday(line, at: start)
  }

  static func isWeekday(_ line: Span<UInt8>, at start: Int) -> Bool {
    guard let name = letters(line, at: start) else { return false }
    return switch name {
    case code("mon"), code("tue"), code("wed"), code("thu"), code("fri"), code("sat"),
      code("sun"):
      true
    default: false
    }
  }

  private static func letters(_ line: Span<UInt8>, at start: Int) -> UInt32? {
    guard line.count - start >= 3 else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 3 {
      let letter = line[index] | 0x20
      guard letter &- 0x61 < 26 else { return nil }
      value = value << 8 | UInt32(letter)
    }
    return value
  }

  private static func code(_ name: StaticString) -> UInt32 {
    // SAFETY: every name here has three letters, and a static string lives for ever.
    let start = unsafe name.utf8Start
    return unsafe UInt32(start[0]) << 16 | UInt32(start[1]) << 8 | UInt32(start[2])
  }
}
