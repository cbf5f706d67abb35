import Judgement

/// One failure raises several signals; a report tells it once, under the most specific of them.
extension Verdict {
  private var regressed: [SignalVerdict] { signals.filter { $0.state == .regressed } }

  /// The regressed signals whose story no other one tells, in the verdict's order.
  var storyLeaders: [SignalVerdict] {
    let regressed = regressed
    let subjects = Set(regressed.map(\.subject))
    return regressed.filter { signal in signal.story.map { !subjects.contains($0) } ?? true }
  }

  /// The other signals that the failure behind `leader` raised.
  func storyParts(of leader: SignalVerdict) -> [SignalVerdict] {
    var story: Set = [leader.subject]
    var parts: [SignalVerdict] = []
    let regressed = regressed
    // A story that was named while the watch ran may have become part of another one since.
    for _ in regressed {
      let known = parts.count
      for signal in regressed where !story.contains(signal.subject) {
        guard let next = signal.story, story.contains(next) else { continue }
        story.insert(signal.subject)
        parts.append(signal)
      }
      if parts.count == known { break }
    }
    return parts
  }
}
