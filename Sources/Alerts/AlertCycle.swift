/// What becomes of the judge's alerts: which are told, together with which others, and when.
///
///     untold ──▶ told ──▶ calm ──▶ resolved
///       │  ╲               │  fires again: nothing is said
///       │   ▶ in a digest ─┘
///       ▶ silenced
///
/// A value without a clock: every event carries the time, in nanoseconds since 1970. What fires within
/// one look of the judge is told at the tick behind it. Signals that explain each other are one story;
/// a burst has a few messages and one digest for the rest; a story that flutters rings once.
package struct AlertCycle: Sendable {
  package enum Event: Sendable {
    case changed(SignalChange)
    /// Nobody is told of this signal until then.
    case silenced(signal: String, until: Int64)
    case tick
    /// The watch is over: what is resolved is said at once, what fires stays so.
    case ended
  }

  let facts: ReleaseFacts
  var signals: [String: SignalCondition] = [:]
  /// Open stories in the order of their beginning.
  var stories: [AlertStory] = []
  /// Of every key, how many messages there were.
  var revisions: [String: Int] = [:]
  var silences: [String: Int64] = [:]
  /// When the present burst began, and how many messages it has had.
  var burstBegan: Int64?
  var burstMessages = 0
  /// When the digest was last told, and of what.
  var digestTold: Int64?
  var digestSignals: [String] = []
  var digestStarted: Int64 = 0
  /// Stories beyond the bound, which are not told apart.
  package private(set) var storiesDropped = 0

  package init(facts: ReleaseFacts) {
    self.facts = facts
  }

  /// Signals whose story is silenced, for lists.
  package var silencedSignals: [String] {
    stories.filter { $0.phase == .silenced }.flatMap(\.members)
  }

  /// Takes an event and says what is to be sent.
  package mutating func on(_ event: Event, now: Int64) -> [Notice] {
    switch event {
    case .changed(let change):
      note(change, now)
      return []
    case .silenced(let signal, let until):
      silences[signal] = until
      return []
    case .tick: return tell(now, isEnd: false)
    case .ended: return tell(now, isEnd: true)
    }
  }

  private mutating func note(_ change: SignalChange, _ now: Int64) {
    switch change.state {
    case .noted: return
    case .firing:
      signals[change.signal] = SignalCondition(last: change, isFiring: true)
      open(change, now)
    case .resolved:
      guard let known = signals[change.signal] else { return }
      var last = change
      last.explains = known.last.explains
      last.partOf = known.last.partOf
      signals[change.signal] = SignalCondition(last: last, isFiring: false)
    }
    for index in stories.indices where stories[index].members.contains(change.signal) {
      let fires = stories[index].members.contains { signals[$0]?.isFiring == true }
      stories[index].calmSince = fires ? nil : stories[index].calmSince ?? now
    }
  }

  /// Finds the story of a signal that fires, or begins one.
  private mutating func open(_ change: SignalChange, _ now: Int64) {
    guard !stories.contains(where: { $0.members.contains(change.signal) }) else { return }
    if let index = stories.firstIndex(where: { isRelated(change, $0) }) {
      stories[index].members.append(change.signal)
      merge(into: index, change)
      return
    }
    guard stories.count < Limits.stories else {
      storiesDropped += 1
      return
    }
    stories.append(
      AlertStory(
        signal: change.signal, begun: now, started: change.at, members: [change.signal]))
  }

  private func isRelated(_ change: SignalChange, _ story: AlertStory) -> Bool {
    story.members.contains { member in
      change.explains.contains(member) || change.partOf == member
        || signals[member]?.last.partOf == change.signal
        || signals[member]?.last.explains.contains(change.signal) == true
    }
  }

  /// A cause that comes last may join stories that were apart, as long as nobody was told of them.
  private mutating func merge(into index: Int, _ change: SignalChange) {
    var kept = stories[index]
    let keptIndex = index
    var rest: [AlertStory] = []
    for (other, story) in stories.enumerated() where other != keptIndex {
      if story.phase == .untold, isRelated(change, story) {
        kept.members += story.members
      } else {
        rest.append(story)
      }
    }
    guard rest.count + 1 < stories.count else { return }
    stories = rest + [kept]
    stories.sort { ($0.begun, $0.signal) < ($1.begun, $1.signal) }
  }
}
