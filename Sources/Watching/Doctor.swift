import Following
import Judgement
package import Records
package import Reports
package import Rules
import Windows

/// What `tidemark doctor` needs to know.
package struct DoctorOptions: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case text, json
  }

  package var arguments: [String]
  package var rules: RuleSet
  package var zone: LocalZone
  package var format = Format.text
  package var style = Style(usesColor: false)
  package var lineBytesLimit = 1 << 20
  package var workers = 1
  package var alpha = 0.01
  package var widthNanoseconds: Int64
  package var baselineNanoseconds: Int64
  package var settleNanoseconds: Int64
  /// How long the watch would last.
  package var lengthNanoseconds: Int64
  /// The release moment; nil for the end of what is there.
  package var release: Timestamp?

  package init(
    arguments: [String], rules: RuleSet, zone: LocalZone, widthNanoseconds: Int64,
    baselineNanoseconds: Int64, settleNanoseconds: Int64, lengthNanoseconds: Int64
  ) {
    self.arguments = arguments
    self.rules = rules
    self.zone = zone
    self.widthNanoseconds = widthNanoseconds
    self.baselineNanoseconds = baselineNanoseconds
    self.settleNanoseconds = settleNanoseconds
    self.lengthNanoseconds = lengthNanoseconds
  }
}

/// `tidemark doctor`: what of the inputs can be read and measured, and what a watch could see with them.
///
/// The inputs are read as a watch reads its past, onto a clock of their own; the release is then set
/// behind them, and the judge that a watch would have is asked what it could see.
package struct Doctor: ~Copyable {
  private let options: DoctorOptions
  private let surroundings: Surroundings

  package init(_ options: DoctorOptions, _ surroundings: Surroundings) {
    self.options = options
    self.surroundings = surroundings
  }

  /// Reads everything, prints the report and says with which status to end.
  package consuming func run() -> Int32 {
    let set = FinishedSet(
      arguments: options.arguments, side: .baseline, rules: options.rules, zone: options.zone,
      widthNanoseconds: options.widthNanoseconds, lineBytesLimit: options.lineBytesLimit,
      workers: options.workers, edge: options.release ?? Timestamp(seconds: 0), takesCensus: true,
      surroundings)
    var facts = DoctorFacts(
      ruleNames: options.rules.rules.map(\.id), zone: options.zone.name,
      lineBytesLimit: options.lineBytesLimit)
    (facts.inputs, facts.problems) = set.doctorInputs()
    forecast(set, &facts)
    let status: Int32 =
      switch surroundings.stopRequest() {
      case .interrupt: 130
      case .terminate: 143
      case nil: facts.isUsable ? 0 : 4
      }
    switch options.format {
    case .text: surroundings.write(DoctorText.render(facts, options.style))
    case .json: surroundings.write(DoctorJSON.render(facts, status: Int(status)) + "\n")
    }
    return status
  }

  /// What the judge of a watch that begins behind the baseline could see.
  private func forecast(_ set: borrowing FinishedSet, _ facts: inout DoctorFacts) {
    let read = set.timeline
    let body = read.body
    guard !body.isEmpty else {
      facts.obstacle =
        set.isOutside
        ? "the lines of this stream are too old to be placed; name a file instead"
        : "no line carries a time that can be read, so there is no baseline"
      return
    }
    let release = options.release.map(read.plan.index(of:)) ?? body.upperBound
    let plan = WindowPlan(
      release: read.plan.start(of: release), widthNanoseconds: options.widthNanoseconds,
      baselineSpan: options.baselineNanoseconds, settle: options.settleNanoseconds,
      length: options.lengthNanoseconds)
    let first = max(body.lowerBound, release + plan.baselineStart)
    guard first < min(body.upperBound, release) else {
      facts.obstacle =
        "no line lies in the \(NumberText.duration(seconds: Double(options.baselineNanoseconds) / 1e9)) "
        + "before \(plan.release.rfc3339); look at --at and --baseline-span"
      return
    }
    var timeline = Timeline(plan: plan, rules: options.rules)
    timeline.take(read, windows: first..<min(body.upperBound, release), movedBy: -release)
    var judgeOptions = JudgeOptions()
    judgeOptions.alpha = options.alpha
    let judge = Judge(timeline: timeline, rules: options.rules, options: judgeOptions)
    let requests =
      options.rules.requestMeasure.map { timeline.totals(.baseline, upTo: 0).amount($0) } ?? 0
    facts.forecast = DoctorForecast(
      from: plan.start(of: timeline.bodyStart), at: plan.release, windowSeconds: plan.widthSeconds,
      lines: timeline.baselineLines, requests: requests, alpha: options.alpha,
      watchSeconds: Double(options.lengthNanoseconds) / 1e9,
      settleSeconds: Double(options.settleNanoseconds) / 1e9, signals: judge.forecast(),
      cautions: judge.verdict(timeline, blindness: []).cautions)
  }
}
