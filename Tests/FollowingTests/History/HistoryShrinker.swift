/// Takes away from a history that fails what it does not need to fail.
struct HistoryShrinker {
  /// What the reader does wrong in a history; nil if nothing.
  let failure: (FollowHistory) -> FollowModel.Failure?
  /// Histories that may be tried.
  var attempts = 4_000

  /// The shortest failing history found, and what goes wrong in it.
  func shrink(_ history: FollowHistory) -> (
    history: FollowHistory, failure: FollowModel.Failure
  )? {
    guard var failure = failure(history) else { return nil }
    // A history that fails in another way is another history.
    let kind = failure.kind
    var best = history
    var left = attempts
    /// Whether the history fails too; it is then the best.
    func take(_ steps: [FollowStep]) -> Bool {
      guard left > 0 else { return false }
      left -= 1
      var candidate = best
      candidate.steps = steps
      guard let found = self.failure(candidate), found.kind == kind else { return false }
      best = candidate
      failure = found
      return true
    }
    var hasChanged = true
    while hasChanged, left > 0 {
      hasChanged = false
      var size = max(best.steps.count / 2, 1)
      while true {
        var start = 0
        while start < best.steps.count, left > 0 {
          var steps = best.steps
          steps.removeSubrange(start..<min(start + size, steps.count))
          if take(steps) { hasChanged = true } else { start += size }
        }
        if size == 1 { break }
        size /= 2
      }
      for index in best.steps.indices {
        for simpler in best.steps[index].simpler {
          var steps = best.steps
          steps[index] = simpler
          if take(steps) {
            hasChanged = true
            break
          }
        }
      }
    }
    return (best, failure)
  }
}
