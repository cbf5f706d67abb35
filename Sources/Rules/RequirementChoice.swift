/// Chooses, among the positions that no match avoids, those whose surroundings are rare.
struct RequirementChoice {
  /// One requirement: every match contains one of the strings.
  struct Requirement {
    var strings: [ClassString]
    var cost: Float

    init(_ strings: [ClassString]) {
      self.strings = strings
      cost = strings.reduce(0) { $0 + $1.cost }
    }

    /// Whether the other requirement adds nothing to this one.
    func says(_ other: Requirement) -> Bool {
      strings.count <= other.strings.count
        && strings.allSatisfy { string in other.strings.contains { string.implies($0) } }
    }
  }

  private let graph: PatternGraph
  private let forward: StringGrowth
  private let backward: StringGrowth

  init(_ graph: PatternGraph) {
    self.graph = graph
    forward = StringGrowth(graph, forward: true)
    backward = StringGrowth(graph, forward: false)
  }

  /// The cheapest requirements, the best first.
  func best(_ count: Int) -> [Requirement] {
    var chosen: [Requirement] = []
    for candidate in requirements(graph.cuts, strings: Limits.requiredStrings) {
      let found = Requirement(ClassString.simplified(candidate.strings))
      if chosen.contains(where: { $0.says(found) }) { continue }
      // What a search cannot use is offered only when there is nothing else.
      if let first = chosen.first, first.cost < 1, found.cost >= 1 { break }
      chosen.removeAll { found.says($0) }
      chosen.append(found)
      if chosen.count == count { break }
    }
    return chosen.sorted { $0.cost < $1.cost }
  }

  /// The requirements that these cuts give, with at most so many strings each, the best first.
  private func requirements(_ cuts: [PatternGraph.Cut], strings count: Int) -> [Requirement] {
    guard count > 0 else { return [] }
    var found: [Requirement] = []
    for cut in startsOfRuns(cuts) {
      switch cut {
      case .position(let position):
        if let strings = strings(through: position, count: count) {
          found.append(Requirement(strings))
        }
      case .together(let branches):
        found += together(branches, count: count)
      }
    }
    return found.sorted { $0.cost < $1.cost }
  }

  /// One requirement of each branch joined: the best of each, the second of each and so on.
  private func together(_ branches: [[PatternGraph.Cut]], count: Int) -> [Requirement] {
    var found: [[Requirement]] = []
    for branch in branches {
      let requirements = requirements(branch, strings: count / branches.count)
      if requirements.isEmpty { return [] }
      found.append(requirements)
    }
    let most = min(3, found.map(\.count).max() ?? 0)
    return (0..<most).map { rank in
      Requirement(found.flatMap { $0[min(rank, $0.count - 1)].strings })
    }
  }

  /// Without the positions that merely continue a literal, whose strings are much the same, and
  /// not too many.
  private func startsOfRuns(_ cuts: [PatternGraph.Cut]) -> [PatternGraph.Cut] {
    var starts: [PatternGraph.Cut] = []
    var run = 0
    var previous: Int?
    for cut in cuts {
      guard case .position(let position) = cut else {
        starts.append(cut)
        previous = nil
        continue
      }
      let continues =
        previous.map { previous in
          graph.preceding[position].map(\.target) == [previous]
            && graph.following[previous].map(\.target) == [position]
        } ?? false
      run = continues ? run + 1 : 0
      if run % Limits.requiredBytesApart == 0 { starts.append(cut) }
      previous = position
    }
    let step = (starts.count + Limits.requirementPlaces - 1) / Limits.requirementPlaces
    return step <= 1 ? starts : stride(from: 0, to: starts.count, by: step).map { starts[$0] }
  }

  /// The strings of which one stands around the position in every match that comes through it;
  /// nil when that says nothing.
  private func strings(through position: Int, count: Int) -> [ClassString]? {
    var strings: [ClassString] = []
    let grown = forward.strings(
      from: position, set: graph.sets[position], length: Limits.requiredBytes, count: count)
    for string in grown {
      let before = backward.strings(
        from: position, set: string.classes[0],
        length: min(Limits.requiredBytesBehind, Limits.requiredBytes - string.classes.count) + 1,
        count: 1)
      for other in before {
        var classes = Array(other.classes.reversed())
        classes += string.classes.dropFirst()
        guard let useful = ClassString(classes).withoutWideEnds else { return nil }
        strings.append(useful)
      }
    }
    // Without any string there is no match either; that is not worth an own answer.
    return strings.isEmpty ? nil : ClassString.merged(strings)
  }
}
