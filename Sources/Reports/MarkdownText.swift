/// Text of a log or of a user inside Markdown.
enum MarkdownText {
  private static let special: Set<Unicode.Scalar> = [
    "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "(", ")", "#", "+", "-", "!", "|", "~", "&",
  ]

  /// One line with every mark of Markdown taken as it stands.
  static func escaped(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        output.append(" ")
        continue
      }
      if special.contains(scalar) { output.append("\\") }
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
