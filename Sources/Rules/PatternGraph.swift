/// All byte strings that a pattern may match, as paths through positions.
///
/// The first position is the byte before a match, the last one the byte behind it; both may be
/// the padding of the text. Every match is a path from the first to the last, and the bytes of
/// the padded text beside and in it are each out of the set of their position.
struct PatternGraph {
  /// A position that may come next, and what the place between must be.
  struct Step {
    var target: Int
    var condition: EdgeCondition

    func under(_ other: EdgeCondition) -> Step {
      Step(target: target, condition: condition.union(other))
    }
  }

  /// Positions of which every match comes through at least one.
  indirect enum Cut {
    case position(Int)
    /// One cut of each branch, whichever.
    case together([[Cut]])
  }

  private(set) var sets: [ByteSet] = []
  /// The positions that may follow each one, and those that may precede it.
  private(set) var following: [[Step]] = []
  private(set) var preceding: [[Step]] = []
  /// Whether a position can come again without end.
  private(set) var isInLoop: [Bool] = []
  private(set) var cuts: [Cut] = []
  private var stepCount = 0

  /// What a part of the pattern is to its neighbours.
  private struct Part {
    /// The conditions under which it may consume nothing, one of them at a time.
    var empty: [EdgeCondition] = []
    var first: [Step] = []
    var last: [Step] = []
    var cuts: [Cut] = []
  }

  init(_ pattern: PatternNode) throws(NotUnderstood) {
    let before = try newPosition(.all)
    let whole = try part(pattern)
    let behind = try newPosition(.all)
    var path = Part(last: [Step(target: before, condition: [])])
    try join(whole, to: &path)
    try join(Part(first: [Step(target: behind, condition: [])]), to: &path)
    cuts = whole.cuts
  }

  private mutating func newPosition(_ set: ByteSet) throws(NotUnderstood) -> Int {
    guard sets.count < Limits.patternPositions else { throw NotUnderstood() }
    sets.append(set)
    following.append([])
    preceding.append([])
    isInLoop.append(false)
    return sets.count - 1
  }

  private mutating func connect(_ last: [Step], _ first: [Step]) throws(NotUnderstood) {
    for before in last {
      for behind in first {
        stepCount += 1
        guard stepCount <= Limits.patternSteps else { throw NotUnderstood() }
        let condition = before.condition.union(behind.condition)
        following[before.target].append(Step(target: behind.target, condition: condition))
        preceding[behind.target].append(Step(target: before.target, condition: condition))
      }
    }
  }

  private mutating func part(_ node: PatternNode) throws(NotUnderstood) -> Part {
    switch node {
    case .empty, .lookAhead, .lookBehind:
      return Part(empty: [[]])
    case .edge(let condition):
      return Part(empty: [condition])
    case .bytes(let set):
      let position = try newPosition(set)
      let step = [Step(target: position, condition: [])]
      return Part(first: step, last: step, cuts: [.position(position)])
    case .sequence(let items):
      var whole = Part(empty: [[]])
      for item in items { try join(try part(item), to: &whole) }
      return whole
    case .alternatives(let branches):
      return try alternatives(branches)
    case .repeated(let item, let least, let most):
      return try repeated(item, least: least, most: most)
    }
  }

  private mutating func join(_ right: Part, to left: inout Part) throws(NotUnderstood) {
    try connect(left.last, right.first)
    for condition in left.empty {
      left.first += right.first.map { $0.under(condition) }
    }
    var last = right.last
    var empty: [EdgeCondition] = []
    for condition in right.empty {
      last += left.last.map { $0.under(condition) }
      for other in left.empty where !empty.contains(condition.union(other)) {
        empty.append(condition.union(other))
      }
    }
    left.last = last
    left.empty = empty
    left.cuts += right.cuts
    guard left.first.count + left.last.count <= Limits.patternSteps else { throw NotUnderstood() }
  }

  private mutating func alternatives(_ branches: [PatternNode]) throws(NotUnderstood) -> Part {
    var whole = Part()
    var cuts: [[Cut]] = []
    for branch in branches {
      let part = try part(branch)
      whole.first += part.first
      whole.last += part.last
      for condition in part.empty where !whole.empty.contains(condition) {
        whole.empty.append(condition)
      }
      cuts.append(part.cuts)
    }
    if cuts.allSatisfy({ !$0.isEmpty }) { whole.cuts = [.together(cuts)] }
    return whole
  }

  /// `X{3,5}` becomes `XXXX*`, which matches more; only `X?` stays what it is.
  private mutating func repeated(_ item: PatternNode, least: Int, most: Int?)
    throws(NotUnderstood) -> Part
  {
    let start = sets.count
    var whole = Part(empty: [[]])
    var copies = 0
    while copies < least {
      if copies > 0, sets.count - start >= Limits.repeatedPositions { break }
      try join(try part(item), to: &whole)
      copies += 1
      // More of what consumes nothing is nothing new, and could take for ever when nested.
      if sets.count == start { return whole }
    }
    if copies == least, most == least { return whole }
    if least == 0, most == 1 {
      var optional = try part(item)
      if !optional.empty.contains([]) { optional.empty.append([]) }
      optional.cuts = []
      return optional
    }
    let loopStart = sets.count
    var loop = try part(item)
    try connect(loop.last, loop.first)
    for position in loopStart..<sets.count { isInLoop[position] = true }
    loop.empty = [[]]
    loop.cuts = []
    try join(loop, to: &whole)
    return whole
  }
}
