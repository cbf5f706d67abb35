import Foundation
import Rules

/// One PCRE a line, as benchmarks and `grep -f` have them, made into a rule file.
enum PatternList {
  /// The lines of a file in `Fixtures`.
  static func patterns(_ name: String, file: String = #filePath) throws -> [String] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  /// A rule file with one rule a pattern, `r1`, `r2` and so on.
  static func ruleFile(_ patterns: [String]) -> String {
    let rules = patterns.enumerated().map { index, pattern in
      let quoted = pattern.replacingOccurrences(of: "'", with: "''")
      return "  - { id: r\(index + 1), match: '\(quoted)' }\n"
    }
    return "pack: patterns\nrules:\n" + rules.joined()
  }
}
