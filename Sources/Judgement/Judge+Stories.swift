import Records
import Rules
import Statistics
import Windows

/// One failure, one story: a broken query is a traceback, an answer of 500, an error record of the
/// database, and each alarms by itself. What is seen of one failure is told under the most specific alarm.
extension Judge {
  /// By subject that is regressed, the more specific one whose failure it is likely to be. A signature
  /// that was only seen so far may lead as well.
  func leaders(_ timeline: Timeline) -> [Subject: Subject] {
    let events = failureEvents(timeline)
    var leaders: [Subject: Subject] = [:]
    for other in events {
      let causes = events.filter { $0.explains(other) }
      let best = causes.max {
        if $0.specificity != $1.specificity { return $0.specificity > $1.specificity }
        return $0.excess != $1.excess
          ? $0.excess < $1.excess : $0.subject.signal > $1.subject.signal
      }
      leaders[other.subject] = best?.subject
    }
    // A route that has only a part of what rose everywhere is a part of that.
    for track in tracks where track.isRegressed && track.route != nil {
      let whole = Subject(signal: track.signal.id, route: nil)
      guard leaders[track.subject] == nil,
        let all = events.first(where: { $0.subject == whole }),
        let own = events.first(where: { $0.subject == track.subject }), !own.explains(all)
      else { continue }
      leaders[track.subject] = whole
    }
    // Whoever reads one alarm wants the one that leads its story, not the next in between.
    for (subject, next) in leaders {
      var root = next
      for _ in leaders {
        guard let further = leaders[root] else { break }
        root = further
      }
      leaders[subject] = root
    }
    return leaders
  }

  /// Groups what was raised now. What is new and makes up a rise that alarmed is named with it: it needs
  /// no evidence of its own that it keeps coming back.
  mutating func tellStories(
    _ raised: inout [Alert], at: Timestamp, index: Int, _ timeline: Timeline
  ) {
    let leaders = leaders(timeline)
    for position in raised.indices where raised[position].state == .firing {
      raised[position].story = leaders[raised[position].subject]
    }
    let alarmed = Set(
      raised.filter { $0.state == .firing && $0.kind != Self.newName }.map(\.subject))
    let causes = Set(leaders.filter { alarmed.contains($0.key) }.map(\.value))
    for position in kinds.indices where !kinds[position].isRegressed {
      guard causes.contains(Subject(signal: kinds[position].signal.id, route: nil)) else {
        continue
      }
      kinds[position].isRegressed = true
      raised.append(alert(.firing, kinds[position], at: at, index: index, timeline))
      raised[raised.count - 1].signature = kinds[position].signature
    }
    for position in signatureTracks.indices where !signatureTracks[position].isRegressed {
      let track = signatureTracks[position]
      guard causes.contains(Subject(signal: track.id, route: nil)),
        track.isNewKind || predecessor(of: track, timeline.signatures) == nil
      else { continue }
      signatureTracks[position].isRegressed = true
      raised.append(alert(.firing, signatureTracks[position], at: at, timeline))
    }
  }

  private func failureEvents(_ timeline: Timeline) -> [FailureEvents] {
    let indices = 0..<max(0, nextIndex)
    var all: [FailureEvents] = []
    for track in tracks where track.isRegressed && !track.isFall {
      guard case .counted = track.series.form else { continue }
      var expected = 0.0
      let base = track.baselines[0]
      let rate = base.exposure > 0 ? base.events / base.exposure : 0
      let counts = indices.map { index in
        guard index >= plan.settleEnd else { return 0.0 }
        let reading = track.series.reading(timeline.window(index, of: track.route))
        expected += rate * reading.exposure
        return reading.counts[0]
      }
      all.append(
        FailureEvents(
          subject: track.subject,
          specificity: track.route != nil ? .route : track.signal.rule != nil ? .rule : .whole,
          counts: counts, expected: expected))
    }
    for kind in kinds where kind.recurrence.isSeen {
      let counts = indices.map { kind.series.reading(timeline[$0]).counts[0] }
      all.append(
        FailureEvents(
          subject: Subject(signal: kind.signal.id, route: nil),
          // One for which another new rule speaks says no more than any rule.
          specificity: kind.signature != nil ? .newRule : .rule,
          counts: counts, expected: 0))
    }
    let bySignature = signatureCounts(timeline, indices)
    for track in signatureTracks {
      let counts = bySignature[track.handle] ?? indices.map { _ in 0 }
      all.append(
        FailureEvents(
          subject: Subject(signal: track.id, route: nil), specificity: .signature, counts: counts,
          expected: 0))
    }
    return all
  }

  /// By handle of a signature that is looked at, its records by window. One pass over the windows.
  private func signatureCounts(_ timeline: Timeline, _ indices: Range<Int>) -> [Int: [Double]] {
    var series: [Int: [Double]] = [:]
    for track in signatureTracks {
      series[track.handle] = [Double](repeating: 0, count: indices.count)
    }
    guard !series.isEmpty else { return [:] }
    for index in indices {
      for count in timeline.signatures.counts(in: index) {
        series[count.handle]?[index] += Double(count.records)
      }
    }
    return series
  }

  /// Puts what belongs to one story together, its most specific part first, in the order of the worst
  /// of each story.
  static func grouped<Item>(
    _ items: [Item], subject: (Item) -> Subject, leader: (Item) -> Subject?
  ) -> [Item] {
    let present = Set(items.map(subject))
    var leaderOf: [Subject: Subject] = [:]
    for item in items {
      if let leader = leader(item), present.contains(leader) { leaderOf[subject(item)] = leader }
    }
    func root(_ start: Subject) -> Subject {
      var current = start
      var steps = 0
      while let next = leaderOf[current], steps < items.count {
        current = next
        steps += 1
      }
      return current
    }
    var order: [Subject] = []
    var stories: [Subject: [Item]] = [:]
    for item in items {
      let root = root(subject(item))
      if stories[root] == nil { order.append(root) }
      stories[root, default: []].append(item)
    }
    return order.flatMap { root in
      let story = stories[root] ?? []
      return story.filter { subject($0) == root } + story.filter { subject($0) != root }
    }
  }
}

extension Track {
  var subject: Subject { Subject(signal: signal.id, route: route?.name) }
}
