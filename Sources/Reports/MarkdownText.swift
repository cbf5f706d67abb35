/// Text of a log or of a user inside Markdown.
enum MarkdownText {
  private static let special: Set<Unicode.Scalar> = [
    "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&",
  ]
  /// What begins a heading or a list at the start of a line.
  private static let leading: Set<Unicode.Scalar> = ["#", "+", "-", "="]

  /// One line with every mark of Markdown taken as it stands.
  static func escaped(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var isNumber = true
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        output.append(" ")
        continue
      }
      // `1.` and `1)` begin a list.
      let endsNumber = isNumber && !output.isEmpty && (scalar == "." || scalar == ")")
      if special.contains(scalar) || (output.isEmpty && leading.contains(scalar)) || endsNumber {
        output.append("\\")
      }
      isNumber = isNumber && ("0"..."9").contains(scalar)
      output.append(scalar)
    }
    return String(output)
  }

  /// A block of lines as they stand. The fence is longer than any run of backticks inside.
  static func block(_ lines: [String]) -> [String] {
    var longest = 0
    for line in lines {
      var run = 0
      for scalar in line.unicodeScalars {
        run = scalar == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence + "text"] + lines + [fence]
  }

  /// A name in the style of code.
  static func code(_ text: String) -> String {
    text.contains("`") ? escaped(text) : "`\(text)`"
  }
}
