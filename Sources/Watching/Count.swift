import Following
package import Records
import Reports
package import Rules

/// `tidemark count`: every physical line by itself, one count a rule.
package struct Count: ~Copyable {
  private let rules: RuleSet
  private var counter: LineCounter
  private var reading: InputReading
  private let zone: LocalZone
  private let surroundings: Surroundings
  private var bytes: Int64 = 0
  private var hasMissingInput = false

  package init(
    rules: RuleSet, zone: LocalZone, lineBytesLimit: Int, surroundings: Surroundings
  ) {
    self.rules = rules
    self.zone = zone
    self.surroundings = surroundings
    counter = LineCounter(rules: rules, zone: zone, reference: surroundings.now())
    reading = InputReading(surroundings: surroundings, lineBytesLimit: lineBytesLimit)
  }

  /// Counts all lines of the inputs.
  package mutating func read(_ arguments: [String]) {
    reading.discover(arguments, headTime: { _ in nil })
    hasMissingInput = reading.problems.contains { arguments.contains($0.path) }
    for file in reading.files {
      bytes += Self.read(file, &reading, &counter)
    }
    for name in counter.rulesAtLimit {
      surroundings.warn("rule \(name) hit its match limit; its count is a lower bound")
    }
  }

  private static func read(
    _ file: InputFile, _ reading: inout InputReading, _ counter: inout LineCounter
  ) -> Int64 {
    reading.read(file) { line, _ in counter.take(line) }
  }

  /// Whether an input that was named is missing or could not be read.
  package var isIncomplete: Bool { hasMissingInput || !reading.failedFiles.isEmpty }

  /// `rule<TAB>lines` in rule order, then `lines<TAB>N`.
  package var text: String {
    var text = ""
    for (rule, count) in zip(rules.rules, counter.counts) { text += "\(rule.id)\t\(count)\n" }
    return text + "lines\t\(counter.lines)\n"
  }

  package func json(seconds: Double) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("rules")
      writer.object { writer in
        for (rule, count) in zip(rules.rules, counter.counts) { writer.member(rule.id, count) }
      }
      writer.member("lines", counter.lines)
      writer.member("bytes", Int(bytes))
      writer.member("seconds", seconds)
    }
    return writer.text
  }
}
