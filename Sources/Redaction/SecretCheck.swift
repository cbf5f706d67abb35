/// What else must hold of the text that a rule would mask.
enum SecretCheck: String, Sendable, CaseIterable {
  /// The check digit of payment cards.
  case luhn
  /// The check digits of bank accounts: the remainder by 97 is 1.
  case iban
  /// There is a digit in it.
  case digit
  /// Letters of both cases and a digit: no word, path or number.
  case mixed
  /// A digit, or three letters of both cases: no word.
  case strong

  func holds(_ bytes: some Collection<UInt8>) -> Bool {
    switch self {
    case .luhn: Self.luhn(bytes)
    case .iban: Self.iban(bytes)
    case .digit: Self.hasDigit(bytes)
    case .mixed: Self.hasDigit(bytes) && Self.letters(bytes) >= 1
    case .strong: Self.hasDigit(bytes) || Self.letters(bytes) >= 3
    }
  }

  private static func hasDigit(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.contains(where: ByteClass.digits.contains)
  }

  /// How many letters there are of the rarer case.
  private static func letters(_ bytes: some Collection<UInt8>) -> Int {
    min(
      bytes.count { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) },
      bytes.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
  }

  private static func luhn(_ bytes: some Collection<UInt8>) -> Bool {
    let digits = bytes.filter(ByteClass.digits.contains).map { Int($0 - UInt8(ascii: "0")) }
    guard Set(digits).count > 1 else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, item in
      let (position, digit) = item
      guard position % 2 == 1 else { return sum + digit }
      return sum + (digit > 4 ? digit * 2 - 9 : digit * 2)
    }
    return sum % 10 == 0
  }

  private static func iban(_ bytes: some Collection<UInt8>) -> Bool {
    let signs = bytes.filter(ByteClass.alphanumeric.contains)
    guard signs.count > 4 else { return false }
    var rest = 0
    for sign in signs.dropFirst(4) + signs.prefix(4) {
      if ByteClass.digits.contains(sign) {
        rest = (rest * 10 + Int(sign - UInt8(ascii: "0"))) % 97
      } else {
        rest = (rest * 100 + Int(sign & 0xDF) - Int(UInt8(ascii: "A")) + 10) % 97
      }
    }
    return rest == 1
  }
}
