import Records
import Rules
import Windows

@testable import Watching

/// The lines that a stored day holds.
struct WindowArchiveLines {
  let lines: Int

  init(_ bytes: [UInt8], rules: RuleSet) throws {
    let archive = try WindowArchive(bytes)
    let plan = SummaryPlan.plan(release: archive.end, days: 1)
    var timeline = Timeline(plan: plan, rules: rules)
    try timeline.restore(archive, at: plan.index(of: archive.start), rules: rules) { _ in nil }
    lines = timeline.baselineLines
  }
}
