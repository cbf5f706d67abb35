import ArgumentParser
import Judgement
import Records
import Reports
import Rules
import Store
import Watching
import Windows

extension BaselineCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  /// `tidemark baseline list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the stored baselines.",
      discussion: "Prints name<TAB>from<TAB>to<TAB>lines<TAB>hours of the week it covers.")

    @Option(help: "What to print: text or json (one object a line).")
    var format = Format.text

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      for (name, facts) in try BaselineAccess(state).list() {
        guard let facts else {
          Output.warn("baseline \(name): another version of Tidemark wrote it")
          continue
        }
        switch format {
        case .text:
          Output.write(
            [
              name, facts.from ?? "-", facts.to ?? "-", String(facts.lines),
              "\(facts.hoursOfWeek.count)/168",
            ].map(LogText.printable).joined(separator: "\t") + "\n")
        case .json:
          var json = JSONWriter()
          json.object { facts.writeMembers(&$0) }
          Output.write(json.text + "\n")
        }
      }
    }
  }

  /// `tidemark baseline show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what a baseline covers and how often each signal came in it.")

    @Argument(help: "Its name, or a baseline file.")
    var baseline: String

    @Option(help: "What to print: text or json.")
    var format = Format.text

    @OptionGroup
    var log: LogOptions

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let found = try BaselineAccess(state).resolve(baseline)
      let totals = try BaselineTotals(found, rules: try log.ruleSet())
      switch format {
      case .text:
        let lines = totals.rows.map { row in
          "  \(row.signal)  \(NumberText.rate(row.counted, row.unit))  "
            + NumberText.fraction(row.counted, row.unit)
        }
        Output.write((found.facts.sentences() + lines).joined(separator: "\n") + "\n")
      case .json:
        var json = JSONWriter()
        json.object { json in
          found.facts.writeMembers(&json)
          json.key("signals")
          json.array(totals.rows) { json, row in
            json.object { json in
              json.member("signal", row.signal)
              json.member("per", row.unit.rawValue)
              json.member("count", row.counted.count)
              json.member("exposure", row.counted.exposure)
              json.member("rate", row.counted.rate)
            }
          }
        }
        Output.write(json.text + "\n")
      }
    }
  }

  /// `tidemark baseline diff`
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how two baselines differ.",
      discussion: """
        Prints signal<TAB>rate in A<TAB>rate in B<TAB>how many times for each signal that either has, \
        the largest change first.
        """)

    @Argument(help: "A name or a baseline file.")
    var a: String

    @Argument(help: "Another one.")
    var b: String

    @OptionGroup
    var log: LogOptions

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let rules = try log.ruleSet()
      let access = try BaselineAccess(state)
      let first = try BaselineTotals(try access.resolve(a), rules: rules)
      let second = try BaselineTotals(try access.resolve(b), rules: rules)
      for change in BaselineTotals.changes(first, second) {
        Output.write(
          [
            change.signal, NumberText.rate(change.before, change.unit),
            NumberText.rate(change.after, change.unit),
            change.ratio.map { "×" + NumberText.decimal($0, significant: 3) } ?? "-",
          ].joined(separator: "\t") + "\n")
      }
    }
  }
}

/// How often each signal came in a baseline.
struct BaselineTotals {
  struct Row {
    var signal: String
    var unit: ExposureUnit
    var counted: Counted
  }

  struct Change {
    var signal: String
    var unit: ExposureUnit
    var before: Counted
    var after: Counted

    /// With half an event on each side, as the judge's own estimate has it.
    var ratio: Double? {
      guard before.exposure > 0, after.exposure > 0 else { return nil }
      return ((after.count + 0.5) / after.exposure) / ((before.count + 0.5) / before.exposure)
    }
  }

  let rows: [Row]

  init(_ baseline: StoredBaseline, rules: RuleSet) throws {
    let archive = baseline.archive
    let plan = WindowPlan(
      release: archive.end, widthNanoseconds: archive.widthNanoseconds,
      baselineSpan: Int64(archive.count) * archive.widthNanoseconds, settle: 0, length: nil)
    var timeline = Timeline(plan: plan, rules: rules)
    do {
      try timeline.restore(archive, at: -archive.count, rules: rules) { _ in nil }
    } catch {
      throw Mistake("baseline \(baseline.facts.name): \(error)")
    }
    let total = timeline.totals(.baseline, upTo: 0)
    let seconds = Double(archive.count) * plan.widthSeconds
    let requests = rules.requestMeasure.map { total.amount($0) } ?? 0
    rows = rules.signals.compactMap { signal in
      guard let measure = signal.count, total.amount(measure) > 0 else { return nil }
      let count = total.amount(measure)
      switch signal.exposure {
      case .measure(let exposure):
        let isRequests = exposure == rules.requestMeasure
        return Row(
          signal: signal.id, unit: isRequests ? .requests : .units,
          counted: Counted(count: count, exposure: total.amount(exposure)))
      case .requestsElseSeconds where requests > 0:
        return Row(
          signal: signal.id, unit: .requests,
          counted: Counted(count: count, exposure: requests))
      case .seconds, .requestsElseSeconds:
        return Row(
          signal: signal.id, unit: .seconds, counted: Counted(count: count, exposure: seconds))
      }
    }
  }

  /// The signals of both, those that changed most first.
  static func changes(_ a: BaselineTotals, _ b: BaselineTotals) -> [Change] {
    let names = a.rows.map(\.signal) + b.rows.map(\.signal)
    var seen: Set<String> = []
    let changes = names.filter { seen.insert($0).inserted }.compactMap { name -> Change? in
      let (one, other) = (
        a.rows.first { $0.signal == name }, b.rows.first { $0.signal == name }
      )
      guard let unit = (one ?? other)?.unit, one == nil || other == nil || one?.unit == other?.unit
      else { return nil }
      func none(_ totals: BaselineTotals) -> Counted {
        // What never came was looked for as long as the others.
        let exposure = totals.rows.first { $0.unit == unit }?.counted.exposure ?? 0
        return Counted(count: 0, exposure: unit == .units ? 0 : exposure)
      }
      return Change(
        signal: name, unit: unit, before: one?.counted ?? none(a), after: other?.counted ?? none(b))
    }
    func size(_ change: Change) -> Double {
      change.ratio.map { $0 >= 1 ? $0 : 1 / $0 } ?? .infinity
    }
    return changes.sorted {
      size($0) != size($1) ? size($0) > size($1) : $0.signal < $1.signal
    }
  }
}
