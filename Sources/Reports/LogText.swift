/// Text out of log lines, made safe to print: what a hostile client wrote into a log must not move
/// the cursor, change colours, or pass for a line of ours.
package enum LogText {
  /// The bytes as UTF-8 with control characters shown as `\xHH`; invalid bytes become U+FFFD.
  package static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      printable(String(decoding: $0, as: UTF8.self))
    }
  }

  /// Text that names a file or a value of the user's, for one line of output.
  package static func printable(_ original: String) -> String {
    var text = ""
    for scalar in original.unicodeScalars {
      if scalar == "\t" {
        text += "    "
      } else if isUnprintable(scalar) {
        let digits = String(scalar.value, radix: 16)
        text +=
          digits.count <= 2 ? "\\x" + (digits.count == 1 ? "0" : "") + digits : "\\u{\(digits)}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// C0 and C1 controls, and the marks that reorder or hide text.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
