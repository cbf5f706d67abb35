/// Text made fit for a place in a payload: no line, cell or command of it can end early.
enum SinkText {
  /// At most `limit` characters; what was cut off is shown by an ellipsis.
  static func cut(_ text: String, limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
  }

  /// Control characters and the marks that reorder or hide text become `\u{…}`; line ends stay.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result.append(scalar)
      case 0x09: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// One line: line ends become blanks.
  static func oneLine(_ text: String, limit: Int = 1_000) -> String {
    let line = String.UnicodeScalarView(
      text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 })
    return cut(printable(String(line)), limit: limit)
  }

  /// Each of `signs` with a backslash before it.
  static func escape(_ text: String, _ signs: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if signs.unicodeScalars.contains(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// Replaces characters by what stands for them in some notation.
  static func replace(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let stand = table[scalar] {
        result.append(contentsOf: stand.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
