extension AlertCycle {
  /// Everything that is due at `now`.
  mutating func tell(_ now: Int64, isEnd: Bool) -> [Notice] {
    silences = silences.filter { $0.value > now }
    var notices = tellFiring(now)
    notices += tellResolved(now, isEnd: isEnd)
    notices += tellDigest(now, isEnd: isEnd)
    stories = stories.filter { !isOver($0, now, isEnd: isEnd) }
    return notices
  }

  private func isSilenced(_ story: AlertStory) -> Bool {
    silences["*"] != nil || story.members.allSatisfy { silences[$0] != nil }
  }

  private func isOver(_ story: AlertStory, _ now: Int64, isEnd: Bool) -> Bool {
    guard let since = story.calmSince else { return false }
    return isEnd || now - since >= Limits.calmNanoseconds || story.phase == .silenced
      || story.phase == .untold
  }

  /// The worst signal of a story, and the numbers of it that are shown.
  private func lead(_ story: AlertStory) -> SignalChange? {
    let known = story.members.compactMap { signals[$0]?.last }
    let causes = known.filter { change in
      !known.contains {
        $0.signal != change.signal
          && ($0.explains.contains(change.signal) || change.partOf == $0.signal)
      }
    }
    return (causes.isEmpty ? known : causes).max {
      ($0.severity, $1.signal) < ($1.severity, $0.signal)
    }
  }

  private mutating func tellFiring(_ now: Int64) -> [Notice] {
    if let began = burstBegan, now - began >= Limits.burstNanoseconds {
      burstBegan = nil
      burstMessages = 0
    }
    for index in stories.indices
    where stories[index].phase == .untold || stories[index].phase == .silenced {
      stories[index].phase = isSilenced(stories[index]) ? .silenced : .untold
    }
    let due = stories.indices.filter {
      stories[$0].phase == .untold && stories[$0].calmSince == nil
    }.sorted { severity(stories[$0]) > severity(stories[$1]) }
    var notices: [Notice] = []
    for index in due {
      if burstBegan == nil { burstBegan = now }
      guard burstMessages < Limits.storiesPerBurst else {
        stories[index].phase = .inDigest
        continue
      }
      burstMessages += 1
      stories[index].phase = .told
      stories[index].urgency = severity(stories[index])
      notices += notice(stories[index], .firing).map { [$0] } ?? []
    }
    return notices
  }

  private func severity(_ story: AlertStory) -> AlertSeverity {
    story.members.compactMap { signals[$0]?.last.severity }.max() ?? .info
  }

  private mutating func tellResolved(_ now: Int64, isEnd: Bool) -> [Notice] {
    var notices: [Notice] = []
    for story in stories where story.phase == .told && isOver(story, now, isEnd: isEnd) {
      notices += notice(story, .resolved).map { [$0] } ?? []
    }
    return notices
  }

  private mutating func notice(_ story: AlertStory, _ state: Notice.State) -> Notice? {
    guard let lead = lead(story) else { return nil }
    let key = Self.key(facts, signal: story.signal)
    let others = story.members.filter { $0 != lead.signal }
      .sorted {
        (signals[$1]?.last.severity ?? .info, $0) < (signals[$0]?.last.severity ?? .info, $1)
      }
    return Notice(
      key: key, revision: nextRevision(key), state: state, isDigest: false,
      severity: severity(story), facts: facts, story: story.signal, urgency: story.urgency,
      signal: lead.signal, kind: lead.kind,
      others: others, started: story.started,
      at: state == .firing
        ? lead.at : story.members.compactMap { signals[$0]?.last.at }.max() ?? lead.at,
      evidence: lead.evidence)
  }

  private mutating func nextRevision(_ key: String) -> Int {
    revisions[key, default: 0] += 1
    return revisions[key, default: 1]
  }

  /// The digest is told when it begins, when it has changed and its time has come, and at its end.
  private mutating func tellDigest(_ now: Int64, isEnd: Bool) -> [Notice] {
    let held = stories.filter { $0.phase == .inDigest && !isOver($0, now, isEnd: isEnd) }
    var names = held.sorted { severity($0) > severity($1) }.compactMap { lead($0)?.signal }
    if !names.isEmpty, storiesDropped > 0 { names.append("\(storiesDropped) beyond the bound") }
    guard names != digestSignals else { return [] }
    let isOpen = !digestSignals.isEmpty
    if names.isEmpty {
      defer { digestSignals = [] }
      return isOpen ? [digest(digestSignals, .resolved, held, now)] : []
    }
    let isDue =
      digestTold.map { now - $0 >= Limits.digestNanoseconds || !isOpen || isEnd } ?? true
    guard isDue else { return [] }
    if !isOpen { digestStarted = held.map(\.started).min() ?? now }
    digestTold = now
    digestSignals = names
    return [digest(names, .firing, held, now)]
  }

  private mutating func digest(
    _ names: [String], _ state: Notice.State, _ held: [AlertStory], _ now: Int64
  ) -> Notice {
    let key = Self.key(facts, signal: Self.digestName)
    let at = held.flatMap(\.members).compactMap { signals[$0]?.last.at }.max() ?? now
    return Notice(
      key: key, revision: nextRevision(key), state: state, isDigest: true,
      severity: held.map(severity).max() ?? .info, facts: facts, story: Self.digestName,
      urgency: .error, signal: Self.digestName,
      kind: Self.digestName, others: names, started: digestStarted, at: max(at, digestStarted),
      evidence: Evidence())
  }

  static let digestName = "digest"

  /// The same for the same service, environment, release and signal, on every machine: FNV-1a.
  static func key(_ facts: ReleaseFacts, signal: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in [facts.service ?? "", facts.environment ?? "", facts.release, signal] {
      for byte in Array(part.utf8) + [0] {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    let digits = String(hash, radix: 16)
    return "tm" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}
