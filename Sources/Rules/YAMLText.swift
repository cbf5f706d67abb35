/// Writes texts as YAML scalars that read back as they were.
enum YAMLText {
  /// A single word without quotes, where YAML reads it as a text; else quoted.
  static func word(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy { byte in
      isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    let isText = text.utf8.first.map(isLetter) == true && !reserved.contains(text.lowercased())
    return isWord && isText ? text : quoted(text)
  }

  private static let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  /// In single quotes, which change nothing inside, where they can hold the text; else in double
  /// quotes with escapes.
  static func quoted(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy(isPlain) {
      return "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'"
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        if isPlain(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          quoted += escape(scalar.value)
        }
      }
    }
    return quoted + "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let (letter, digits) = value <= 0xFF ? ("x", 2) : value <= 0xFFFF ? ("u", 4) : ("U", 8)
    let number = String(value, radix: 16)
    return "\\\(letter)\(String(repeating: "0", count: digits - number.count))\(number)"
  }

  /// Printable on one line for YAML: no controls, line breaks, byte order marks or noncharacters.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }
}
