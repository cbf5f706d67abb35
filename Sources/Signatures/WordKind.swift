/// What kind of word stands at a place of a message. It decides how much one more value tells that
/// the place is a variable: state names come in small sets, names of things do not.
enum WordKind: UInt8, Sendable {
  /// Masked whole.
  case mask
  /// A name with a masked part.
  case numbered
  /// A name of parts, such as `com.example.Cart`, `cart_items`, `eth-out`, `CartService`.
  case name
  /// A quoted text.
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
    case .numbered: 20
    case .name: 14
    case .quoted: 8
    case .plain: 10
    case .capitals: 4
    case .flag: 5
    }
  }

  /// Whether a word of this kind, where two messages have it in common, makes them alike.
  var isAgreement: Bool { self != .mask }

  init(_ text: Span<UInt8>, _ range: Range<Int>) {
    var hasLower = false
    var hasUpper = false
    var humps = 0
    var joints = 0
    var masks = 0
    var index = range.lowerBound
    var wasLower = false
    while index < range.upperBound {
      let byte = text[index]
      if byte == 0x3C, index + 2 < range.upperBound, text[index + 1] == 0x2A {
        masks += 1
        index += 3
        wasLower = false
        continue
      }
      if byte.isUpper {
        hasUpper = true
        if wasLower { humps += 1 }
        wasLower = false
      } else if byte.isLetter {
        hasLower = true
        wasLower = true
      } else {
        wasLower = false
        if index > range.lowerBound, index + 1 < range.upperBound { joints += 1 }
      }
      index += 1
    }
    if masks > 0 {
      self = masks == 1 && range.count == 3 ? .mask : .numbered
    } else if hasUpper, !hasLower, range.count > 1 {
      self = .capitals
    } else if joints > 0 || humps > 0 {
      self = .name
    } else {
      self = Self.flags.contains(text, range) ? .flag : .plain
    }
  }

  private static let flags = WordSet("true false True False null None nil yes no on off none NULL")
}
