/// What kind of word stands at a place of a message. It decides how much one more value tells that
/// the place is a variable: state names come in small sets, names of things do not.
enum WordKind: UInt8, Sendable {
  /// Masked whole.
  case mask
  /// A name with a number behind it.
  case numbered
  /// A name of several parts with dots or slashes, such as `com.example.shop.Cart`, or of a file.
  case path
  /// A name of parts, such as `cart_items`, `eth-out`.
  case name
  /// A quoted text of several words.
  case quoted
  case plain
  /// Capitals only: the name of a state, level or method.
  case capitals
  /// `true`, `false`, `null` and the like.
  case flag

  /// What one value is worth, in tenths of a plain word.
  var weight: Int {
    switch self {
    case .mask: 30
    case .numbered, .path: 21
    case .name: 14
    case .quoted: 8
    case .plain: 10
    case .capitals: 4
    case .flag: 5
    }
  }

  /// Whether values of this kind may come from a small set: those that come again and again tell
  /// less then.
  var maySetBeSmall: Bool {
    switch self {
    case .mask, .numbered, .path: false
    case .name, .quoted, .plain, .capitals, .flag: true
    }
  }

  init(_ text: Span<UInt8>, _ range: Range<Int>) {
    var hasLower = false
    var hasUpper = false
    var joints = 0
    var masks = 0
    var dots = 0
    // Of the part behind the last dot.
    var lastHasLower = false
    var lastDot = range.upperBound
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte == 0x3C, index + 2 < range.upperBound, text[index + 1] == 0x2A {
        masks += 1
        index += 3
        continue
      }
      if byte.isUpper {
        hasUpper = true
      } else if byte.isLetter {
        hasLower = true
        lastHasLower = true
      } else {
        if byte == 0x2E || byte == 0x2F {
          dots += 1
          lastDot = index
          lastHasLower = false
        }
        if index > range.lowerBound, index + 1 < range.upperBound { joints += 1 }
      }
      index += 1
    }
    if range.count == 2, hasLower || hasUpper, Self.isSign(text[range.upperBound - 1]) {
      // A direction, such as `x+`.
      self = .numbered
    } else if masks > 0 {
      let isAtEnd = text[range.upperBound - 1] == UInt8(ascii: ">")
      self = masks == 1 && range.count == 3 ? .mask : isAtEnd ? .numbered : .name
    } else if Self.flags.contains(text, range) {
      self = .flag
    } else if hasUpper, !hasLower || !lastHasLower && dots > 0, range.count > 1 {
      self = .capitals
    } else if dots >= 2
      || lastDot < range.upperBound && joints > 0
        && Self.fileEndings.contains(text, lastDot + 1..<range.upperBound)
    {
      self = .path
    } else if joints > 0 {
      self = .name
    } else {
      self = .plain
    }
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  private static let fileEndings = WordSet(
    "exe dll log txt conf cfg xml json yml yaml jar so py rb js cpp java sh zip gz tmp dat db csv")
  private static let flags = WordSet("true false True False TRUE FALSE null None nil none NULL")
}
