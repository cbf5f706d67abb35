import Records
import Rules
import Store
import Windows

/// What earlier runs of a job counted, as windows.
struct SummaryHistory {
  private(set) var newest: Timestamp?
  private var archives: [Int: WindowArchive] = [:]
  private var holds: [JobHistory.Hold] = []
  /// Days whose windows cannot be read, each with why.
  private(set) var damage: [String] = []

  /// That of a job which never ran.
  init() {}

  init(_ stored: JobHistory) {
    newest = stored.newest.map(Timestamp.init(nanoseconds:))
    holds = stored.holds
  }

  /// Takes the windows, which take time to read and are of no use when nothing is new.
  mutating func load(_ days: [JobHistory.Day]) {
    for day in days {
      do throws(ArchiveError) {
        archives[day.number] = try WindowArchive(day.windows)
      } catch {
        let date = SummaryPlan.start(ofDay: day.number).rfc3339.prefix(10)
        damage.append("the history of \(date) is left out: \(error)")
      }
    }
  }

  var isEmpty: Bool { archives.isEmpty }

  /// The last days before and at a moment, the oldest first. Where the rules count what older days
  /// did not, only the days that did, if there are enough of them to compare with.
  func days(before moment: Timestamp, rules: RuleSet) -> [WindowArchive] {
    let last = SummaryPlan.day(of: moment)
    let recent = archives.keys.filter { $0 <= last && $0 > last - SummaryPlan.historyDays }
      .sorted().compactMap { archives[$0] }
    let complete = recent.reversed().prefix { archive in
      ((try? archive.knowsMeasures(of: rules)) ?? []).allSatisfy(\.self)
    }
    return complete.count > Self.completeDays ? complete.reversed() : recent
  }

  /// The day that goes on, and three whole ones: what the same hours are taken from.
  private static let completeDays = 3

  /// Spans that are no baseline for what is new at a moment.
  func excluded(at moment: Timestamp) -> [Range<Timestamp>] {
    holds.compactMap { hold in
      guard hold.until > moment.nanoseconds, hold.since < hold.ended else { return nil }
      return Timestamp(nanoseconds: hold.since)..<Timestamp(nanoseconds: hold.ended)
    }
  }

  /// The days that hold windows of `fresh`, with what was there before, and the first day that is
  /// kept.
  func changed(
    by fresh: Timeline, rules: RuleSet, inputs: [String]
  ) -> (days: [JobHistory.Day], firstDay: Int) {
    let filled = (fresh.firstIndex..<fresh.endIndex).filter { fresh[$0].lines > 0 }
    let numbers = Set(filled.map { SummaryPlan.day(of: fresh.plan.start(of: $0)) })
    let last = max(numbers.max() ?? .min, archives.keys.max() ?? .min)
    let firstDay = last == .min ? 0 : last - SummaryPlan.historyDays
    var changed: [JobHistory.Day] = []
    for number in numbers.sorted() where number >= firstDay {
      let start = fresh.plan.index(of: SummaryPlan.start(ofDay: number))
      let bytes = fresh.archive(
        start..<(start + SummaryPlan.windowsPerDay), rules: rules, inputs: inputs,
        hasTotals: number == numbers.max())
      changed.append(
        JobHistory.Day(number: number, windows: merged(bytes, day: number, rules: rules)))
    }
    return (changed, firstDay)
  }

  /// The windows of a day that were there, and those that are new.
  private func merged(_ fresh: [UInt8], day: Int, rules: RuleSet) -> [UInt8] {
    guard let before = archives[day], let added = try? WindowArchive(fresh) else { return fresh }
    let plan = SummaryPlan.plan(
      release: SummaryPlan.start(ofDay: day + 1), days: 1)
    var timeline = Timeline(plan: plan, rules: rules)
    var names: [String] = []
    func number(_ name: String) -> Int? {
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
    do throws(ArchiveError) {
      for archive in [before, added] {
        try timeline.restore(
          archive, at: plan.index(of: archive.start), rules: rules, input: number)
      }
    } catch {
      return fresh
    }
    return timeline.archive(-SummaryPlan.windowsPerDay..<0, rules: rules, inputs: names)
  }
}
