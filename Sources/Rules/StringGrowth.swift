/// Grows strings along the paths of a pattern's graph, from one position on.
struct StringGrowth {
  let graph: PatternGraph
  /// Which bytes may follow, or precede, each position.
  private let steps: [[PatternGraph.Step]]
  private let isForward: Bool

  init(_ graph: PatternGraph, forward: Bool) {
    self.graph = graph
    steps = forward ? graph.following : graph.preceding
    isForward = forward
  }

  /// A string under construction: every path comes through one of `ends`, with a byte of its set.
  struct Growing {
    /// In the order of growth.
    var classes: [ByteSet]
    var ends: [End]
    /// How likely the string stands at a place of a log.
    var share: Float
    /// Classes at its end that nearly every byte is in.
    var wide = 0

    /// Adds a class, and replaces the one before it by what is left of it.
    mutating func extend(_ from: ByteSet, _ to: ByteSet) {
      let share = ByteLikelihood.share(of: to)
      classes[classes.count - 1] = from
      classes.append(to)
      self.share *= share
      wide = share > ByteLikelihood.wide ? wide + 1 : 0
    }
  }

  struct End {
    var position: Int
    var set: ByteSet
  }

  /// A step that at least one byte can take, with what remains of both sets.
  private struct Move {
    var from: ByteSet
    var to: End
  }

  /// The strings that a path through `position` continues with, its own byte first. A path that
  /// takes none of them does not exist; so nothing is lost when there are none.
  ///
  /// - Parameters:
  ///   - length: positions of a string at most.
  ///   - count: strings at most. Where paths part, strings are split as long as this allows, and
  ///     then merged.
  func strings(from position: Int, set: ByteSet, length: Int, count: Int) -> [Growing] {
    var pending = [
      Growing(
        classes: [set], ends: [End(position: position, set: set)],
        share: ByteLikelihood.share(of: set))
    ]
    var finished: [Growing] = []
    var next = 0
    while next < pending.count {
      var string = pending[next]
      next += 1
      grow(&string, length: length)
      guard string.classes.count < length, string.wide < 2, let groups = groups(behind: string)
      else {
        finished.append(string)
        continue
      }
      let others = finished.count + pending.count - next
      if groups.count > 1, isEnough(string) {
        finished.append(string)
      } else if groups.count > 1, others + groups.count > count {
        append(groups.flatMap { $0 }, to: string, in: &pending, finished: &finished)
      } else {
        for group in groups { append(group, to: string, in: &pending, finished: &finished) }
      }
    }
    return finished
  }

  /// Lengthens a string as long as one position alone can come next: the way of literals.
  private func grow(_ string: inout Growing, length: Int) {
    while string.classes.count < length, string.wide < 2, string.ends.count == 1,
      steps[string.ends[0].position].count == 1
    {
      let step = steps[string.ends[0].position][0]
      var from = string.ends[0].set
      guard let to = narrowed(&from, step), !isUnknown(to, step.target) else { return }
      string.extend(from, to)
      string.ends[0] = End(position: step.target, set: to)
    }
  }

  /// What remains of a step's target, and of the byte before it; nil when nothing can take it.
  private func narrowed(_ from: inout ByteSet, _ step: PatternGraph.Step) -> ByteSet? {
    var to = graph.sets[step.target]
    if isForward {
      step.condition.narrow(&from, &to)
    } else {
      step.condition.narrow(&to, &from)
    }
    return from.isEmpty || to.isEmpty ? nil : to
  }

  /// Whether the position is outside the match, with nothing known about its byte.
  private func isUnknown(_ set: ByteSet, _ position: Int) -> Bool {
    steps[position].isEmpty && set == .all
  }

  /// Whether a string is rare enough not to be split for more.
  private func isEnough(_ string: Growing) -> Bool {
    string.classes.count >= 8 && string.share < 1e-9
  }

  private func append(
    _ moves: [Move], to string: Growing, in pending: inout [Growing], finished: inout [Growing]
  ) {
    guard moves.count <= Limits.movesPerPosition else {
      finished.append(string)
      return
    }
    var longer = string
    longer.ends = []
    var from = ByteSet()
    var to = ByteSet()
    for move in moves {
      from = from.union(move.from)
      to = to.union(move.to.set)
      if let known = longer.ends.firstIndex(where: { $0.position == move.to.position }) {
        longer.ends[known].set = longer.ends[known].set.union(move.to.set)
      } else {
        longer.ends.append(move.to)
      }
    }
    if longer.ends.contains(where: { isUnknown(to, $0.position) }) {
      finished.append(string)
      return
    }
    longer.extend(from, to)
    pending.append(longer)
  }

  /// The moves behind a string: those to go together, and those that may part. Nil when a path
  /// may end here, and nothing is known of what follows.
  private func groups(behind string: Growing) -> [[Move]]? {
    var groups: [[Move]] = []
    var mergesAll = false
    for end in string.ends {
      let steps = steps[end.position]
      if steps.isEmpty { return nil }
      for step in steps {
        var from = end.set
        guard let to = narrowed(&from, step) else { continue }
        if isUnknown(to, step.target) { return nil }
        mergesAll = mergesAll || graph.isInLoop[step.target]
        let move = Move(from: from, to: End(position: step.target, set: to))
        // Branches that begin alike are not parted before they differ.
        if let alike = groups.firstIndex(where: { $0[0].to.set == to && $0[0].from == from }) {
          groups[alike].append(move)
        } else {
          groups.append([move])
        }
      }
    }
    return mergesAll && groups.count > 1 ? [groups.flatMap { $0 }] : groups
  }
}
