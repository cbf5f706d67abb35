import Following
package import Records
import Reports
package import Rules

/// `tidemark count`: every physical line by itself, one count a rule.
package struct Count: ~Copyable {
  private let rules: RuleSet
  private let workers: Int
  private var sums: CountWorkers.Sums
  private var reading: InputReading
  private let zone: LocalZone
  private let surroundings: Surroundings
  private var bytes: Int64 = 0
  private var hasMissingInput = false

  package init(
    rules: RuleSet, zone: LocalZone, lineBytesLimit: Int, workers: Int,
    surroundings: Surroundings
  ) {
    self.rules = rules
    self.zone = zone
    self.surroundings = surroundings
    self.workers = workers
    let none = [Int](repeating: 0, count: rules.rules.count)
    sums = CountWorkers.Sums(counts: none, limitHits: none)
    reading = InputReading(surroundings: surroundings, lineBytesLimit: lineBytesLimit)
  }

  /// Counts all lines of the inputs.
  package mutating func read(_ arguments: [String]) {
    reading.discover(arguments, headTime: { _ in nil })
    hasMissingInput = reading.problems.contains { arguments.contains($0.path) }
    let stopRequest = surroundings.stopRequest
    let work = CountWorkers(
      rules: rules, zone: zone, reference: surroundings.now(), limits: reading.limits,
      isStopped: { stopRequest() != nil })
    let pieces = reading.files.map { $0.pieces() }
    let (counts, sums) = work.count(pieces.flatMap(\.self), workers: workers)
    self.sums = sums
    bytes = counts.reduce(0) { $0 + $1.bytes }
    var rest = counts[...]
    for (file, parts) in zip(reading.files, pieces) {
      reading.adopt(Array(rest.prefix(parts.count)), of: file)
      rest = rest.dropFirst(parts.count)
    }
    for (rule, hits) in zip(rules.rules, sums.limitHits) where hits > 0 {
      surroundings.warn("rule \(rule.id) hit its match limit; its count is a lower bound")
    }
  }

  /// Whether an input that was named is missing or could not be read.
  package var isIncomplete: Bool { hasMissingInput || !reading.failedFiles.isEmpty }

  /// `rule<TAB>lines` in rule order, then `lines<TAB>N`.
  package var text: String {
    var text = ""
    for (rule, count) in zip(rules.rules, sums.counts) { text += "\(rule.id)\t\(count)\n" }
    return text + "lines\t\(sums.lines)\n"
  }

  package func json(seconds: Double) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("rules")
      writer.object { writer in
        for (rule, count) in zip(rules.rules, sums.counts) { writer.member(rule.id, count) }
      }
      writer.member("lines", sums.lines)
      writer.member("bytes", Int(bytes))
      writer.member("seconds", seconds)
    }
    return writer.text
  }
}
