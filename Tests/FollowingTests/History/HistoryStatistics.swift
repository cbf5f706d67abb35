/// How many lines the histories of a test wrote, and how many of them need not have been read.
struct HistoryStatistics: CustomStringConvertible {
  /// More of the written lines must not be excused.
  static let excusedShareLimit = 0.08

  private(set) var steps = 0
  private(set) var written = 0
  private(set) var delivered = 0
  private(set) var fragments = 0
  /// Lines that were excused and not delivered.
  private(set) var excused: [FollowModel.Excuse: Int] = [:]

  mutating func add(_ run: HistoryRun) {
    let model = run.model
    steps += run.steps
    written += model.lines.count
    fragments += model.fragments.values.reduce(0, +)
    for line in model.lines.values {
      if line.deliveries > 0 {
        delivered += 1
      } else if let excuse = line.excuse {
        excused[excuse, default: 0] += 1
      }
    }
  }

  var excusedShare: Double { Double(excused.values.reduce(0, +)) / Double(max(written, 1)) }

  var description: String {
    let kinds = FollowModel.Excuse.allCases.map { "\($0.rawValue) \(excused[$0, default: 0])" }
    return
      "\(steps) steps, \(written) lines written, \(delivered) delivered, \(fragments) first parts delivered, "
      + "excused: " + kinds.joined(separator: ", ")
  }
}

/// What a person needs to see: the history as short as it can be made, ready for the table of
/// `RegressionHistories`.
func failureReport(
  _ failure: FollowModel.Failure, _ history: FollowHistory,
  reader: @escaping () -> any ReaderUnderTest
) -> String {
  let shrinker = HistoryShrinker { HistoryRun.failure(of: $0, reader: reader()) }
  let shrunk = shrinker.shrink(history) ?? (history, failure)
  return """
    seed \(history.seed): \(failure)
    Scene: \(FollowScene.all[history.scene].title). Shrunk to \(shrunk.0.steps.count) steps, \
    where \(shrunk.1):
    \(shrunk.0)
    """
}
