/// A mistake in a condition or in what a signal counts.
struct ExpressionError: Error, Equatable {
  var message: String
  /// Byte of the expression's text.
  var offset: Int
}

/// Cuts a condition into words, quoted words, brackets, commas and operators.
struct ExpressionLexer {
  enum Kind: Equatable {
    case word, quoted, symbol, end
  }

  struct Token: Equatable {
    var kind: Kind
    /// Without the quotes of a quoted word.
    var text: String
    var offset: Int

    /// How a message names it.
    var shown: String { kind == .end ? "the end" : "\"\(text)\"" }
  }

  /// The tokens of `text`, closed by one of kind `end`.
  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var index = 0
    while index < bytes.count {
      guard tokens.count < Limits.conditionTokens else {
        throw ExpressionError(
          message: "the expression is too long: at most \(Limits.conditionTokens) words", offset: 0)
      }
      let start = index
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        index += 1
        continue
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
        index += 1
        tokens.append(token(.symbol, bytes[start..<index], at: start))
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        while index < bytes.count, isOperator(bytes[index]) { index += 1 }
        let symbol = token(.symbol, bytes[start..<index], at: start)
        guard ConditionTest.Comparison(rawValue: symbol.text) != nil else {
          let hint = symbol.text == "==" ? "; equality is written \"=\"" : ""
          throw ExpressionError(
            message:
              "\"\(symbol.text)\" is not an operator: expected one of = != < <= > >=\(hint)",
            offset: start)
        }
        tokens.append(symbol)
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let end = bytes[(start + 1)...].firstIndex(of: bytes[start]) else {
          throw ExpressionError(message: "this quote is not closed", offset: start)
        }
        index = end + 1
        tokens.append(token(.quoted, bytes[(start + 1)..<end], at: start))
      default:
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        tokens.append(token(.word, bytes[start..<index], at: start))
      }
    }
    tokens.append(Token(kind: .end, text: "", offset: bytes.count))
    return tokens
  }

  private static func token(_ kind: Kind, _ bytes: ArraySlice<UInt8>, at offset: Int) -> Token {
    Token(kind: kind, text: String(decoding: bytes, as: UTF8.self), offset: offset)
  }

  private static func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"): true
    default: false
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
      UInt8(ascii: "'"), UInt8(ascii: "\""):
      false
    default: !isOperator(byte)
    }
  }
}
