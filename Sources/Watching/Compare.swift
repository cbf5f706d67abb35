import Following
package import Judgement
package import Records
package import Redaction
package import Reports
package import Rules
import Windows

/// What `tidemark compare` needs to know.
package struct CompareOptions: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case text, json, markdown, html
  }

  /// The baseline.
  package var a: [String]
  /// The candidate.
  package var b: [String]
  package var rules: RuleSet
  package var zone: LocalZone
  package var judge = JudgeOptions()
  package var format = Format.text
  package var style = Style(usesColor: false)
  package var lineBytesLimit = 1 << 20
  package var workers = 1
  package var widthNanoseconds: Int64
  package var undecidedStatus: Int32 = 3
  /// Takes secrets out of everything that comes from a log.
  package var redactor = Redactor.builtIn

  package init(
    a: [String], b: [String], rules: RuleSet, zone: LocalZone, widthNanoseconds: Int64
  ) {
    self.a = a
    self.b = b
    self.rules = rules
    self.zone = zone
    self.widthNanoseconds = widthNanoseconds
  }
}

/// `tidemark compare`: two finished sets through the judge of a watch, the one as its baseline, the other
/// as what came after a release.
package struct Compare: ~Copyable {
  private let options: CompareOptions
  private let surroundings: Surroundings

  package init(_ options: CompareOptions, _ surroundings: Surroundings) {
    self.options = options
    self.surroundings = surroundings
  }

  /// Reads both sets, judges, prints the report and says how it ended.
  package consuming func run() -> WatchEnding {
    let sets = ComparedSets(
      a: options.a, b: options.b, rules: options.rules, zone: options.zone,
      widthNanoseconds: options.widthNanoseconds, lineBytesLimit: options.lineBytesLimit,
      workers: options.workers, surroundings)
    let timeline = sets.timeline
    // Two services have different traffic: less of it is no regression.
    let rules = options.rules.leaving { $0.shownKind == Signal.Kind.silence.rawValue }
    var judgeOptions = options.judge
    judgeOptions.advisesWatch = false
    var judge = Judge(timeline: timeline, rules: rules, options: judgeOptions)
    let end = timeline.plan.end ?? timeline.bodyEnd
    while judge.nextIndex < end, surroundings.stopRequest() == nil { _ = judge.look(timeline) }
    let blindness =
      sets.whole.a.blindness.map { "A: " + $0 } + sets.whole.b.blindness.map { "B: " + $0 }
    var verdict = judge.verdict(timeline, blindness: blindness)
    verdict.redact(with: options.redactor)
    if !judge.hasRequests, blindness.isEmpty {
      verdict.cautions.append(
        "no requests: counts per second are compared as they are, and more traffic in B is a rise")
    }
    let facts = sets.facts(options, timeline)
    if let caution = facts.formatsCaution { verdict.cautions.append(caution) }
    let ending = WatchEnding(
      verdict.outcome, WatchEnding.Cause(surroundings.stopRequest()),
      undecidedStatus: options.undecidedStatus)
    write(verdict, facts, sets, ending)
    return ending
  }

  private func write(
    _ verdict: Verdict, _ facts: CompareFacts, _ sets: borrowing ComparedSets, _ ending: WatchEnding
  ) {
    switch options.format {
    case .text:
      surroundings.write(CompareReport.blocks(verdict, facts).text(options.style))
    case .markdown:
      surroundings.write(CompareReport.blocks(verdict, facts).markdown())
    case .html:
      surroundings.write(
        CompareReport.blocks(verdict, facts).html(title: CompareReport.title(verdict)))
    case .json:
      surroundings.write(CompareJSON.compared(facts) + "\n")
      var watch = WatchFacts(
        release: "b", at: sets.timeline.plan.release, inputs: facts.b.inputs,
        ruleCount: options.rules.rules.count, alpha: options.judge.alpha)
      watch.fileNames = facts.fileNames
      surroundings.write(
        WatchJSON.verdict(
          verdict, status: Int(ending.status), watch, sets.readingFacts, measured: facts.measured)
          + "\n")
    }
  }
}
