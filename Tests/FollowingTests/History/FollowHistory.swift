/// A scene and what happens in it, in order.
struct FollowHistory: Sendable {
  var scene: Int
  /// For what the steps leave open: lengths of lines, short reads.
  var seed: UInt64
  var steps: [FollowStep]
}

extension FollowHistory: CustomStringConvertible {
  /// As it is written in the table of `RegressionHistories`.
  var description: String {
    "FollowHistory(scene: \(scene), seed: \(seed), steps: [\n"
      + steps.map { "  \($0.script),\n" }.joined() + "])"
  }
}

extension FollowHistory {
  /// A random history. Operations of several steps may be broken into by all else, and may stay
  /// undone.
  static func random(seed: UInt64, steps count: Int) -> FollowHistory {
    var writer = HistoryWriter(seed: seed)
    return writer.write(steps: count, seed: seed)
  }
}

/// Makes histories up.
private struct HistoryWriter {
  private var random: SeededGenerator
  private var steps: [FollowStep] = []
  private var paths = 1
  private var scene = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 77) }

  mutating func write(steps count: Int, seed: UInt64) -> FollowHistory {
    scene = number(0..<FollowScene.all.count)
    paths = FollowScene.all[scene].bases.count
    while steps.count < count { addSomething() }
    return FollowHistory(scene: scene, seed: seed, steps: steps)
  }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func path() -> Int { number(0..<paths) }

  private mutating func addSomething() {
    switch number(0..<100) {
    case 0..<34: steps.append(writing())
    case 34..<62:
      steps.append(reading())
      if number(0..<2) == 0 { steps.append(.commit) }
    case 62..<66: steps.append(.commit)
    case 66..<68: steps.append(.crash)
    case 68..<70: steps.append(.restart)
    case 70..<72: steps.append(.pause)
    case 72: steps.append(.sleep(seconds: number(1..<400)))
    case 73..<83: addRotation(path())
    case 83..<87: addPacking(path())
    case 87..<90: addFault(path())
    case 90..<96: steps.append(.race(calls: number(1..<16), disturbance()))
    default: steps.append(disturbance())
    }
  }

  private mutating func writing() -> FollowStep {
    switch number(0..<20) {
    case 0..<11: .write(path(), lines: number(1..<6))
    case 11: .writeLong(path(), bytes: [300, 300, 300, 1100, 5000][number(0..<5)])
    case 12..<14: .begin(path())
    case 14..<16: .complete(path())
    default: .reopen(path())
    }
  }

  private mutating func reading() -> FollowStep {
    let milliseconds = [0, 1, 3, 100, 300, 300, 300, 1000][number(0..<8)]
    if number(0..<5) == 0 { return .glimpse(milliseconds: milliseconds, bytes: number(1..<80)) }
    return .poll(milliseconds: milliseconds)
  }

  /// What may happen at any moment.
  private mutating func disturbance() -> FollowStep {
    switch number(0..<30) {
    case 0..<9: writing()
    case 9: .truncate(path())
    case 10: .truncateAndWrite(path(), lines: number(1..<12))
    case 11: .dropSibling(path(), sibling: number(0..<4))
    case 12: .dropLive(path())
    case 13: .linkAside(path())
    case 14..<16: .swapFolder
    case 16..<18: .relink(path())
    case 18..<21: .create(path(), banner: number(0..<2) == 0)
    case 21..<24: .moveAside(path())
    case 24: .moveToDate(path())
    case 25: .shift(path(), slot: number(1..<4))
    case 26: .endCopy(path())
    case 27..<29: .endPacking(path())
    default: .replace(path())
    }
  }

  private mutating func addFault(_ path: Int) {
    switch number(0..<4) {
    case 0: add([.failReads(path, times: number(1..<6))])
    case 1: add([.failOpens(times: number(1..<6))])
    default: add([.lock(path), .poll(milliseconds: 300), .unlock(path)])
    }
  }

  private mutating func addPacking(_ path: Int) {
    add([.beginPacking(path, sibling: number(0..<4)), .endPacking(path)])
    if number(0..<8) == 0 { steps[steps.count - 1] = .killPacking(path) }
  }

  private mutating func addRotation(_ path: Int) {
    let isCopied = number(0..<4) == 0
    let keep = number(2..<6)
    let chain =
      [.drop(path, slot: keep)] + (1..<keep).reversed().map { FollowStep.shift(path, slot: $0) }
    let reopening: [FollowStep] = number(0..<8) == 0 ? [] : [.reopen(path)]
    let banner = number(0..<2) == 0
    if isCopied {
      add(chain + [.beginCopy(path), .endCopy(path), .truncate(path)])
      return
    }
    switch number(0..<8) {
    case 0..<4: add(chain + [.moveAside(path), .create(path, banner: banner)] + reopening)
    case 4: add(chain + [.moveAside(path)] + reopening)
    case 5: add(chain + [.linkAside(path), .replace(path)] + reopening)
    case 6: add([.relink(path)] + reopening)
    default: add([.moveToDate(path), .create(path, banner: banner)] + reopening)
    }
  }

  /// The steps of one operation, with others between them.
  private mutating func add(_ operation: [FollowStep]) {
    for step in operation {
      steps.append(step)
      switch number(0..<20) {
      case 0..<3: steps.append(writing())
      case 3..<5: steps.append(reading())
      case 5: steps.append(.race(calls: number(1..<16), writing()))
      case 6 where number(0..<4) == 0: steps.append(.commit)
      case 7 where number(0..<4) == 0: steps.append(.crash)
      default: break
      }
    }
    // The operation's own steps may fall between the calls of one poll, each at its own call.
    if number(0..<6) == 0 {
      let first = steps.count - min(operation.count, steps.count)
      var calls = 0
      for index in first..<steps.count where steps[index].mayRace {
        calls += number(1..<6)
        steps[index] = .race(calls: calls, steps[index])
      }
      steps.append(.poll(milliseconds: 300))
    }
  }
}

extension FollowStep {
  /// Whether it can happen while the reader is at work: it is no step of the reader's.
  var mayRace: Bool {
    switch self {
    case .poll, .glimpse, .pause, .sleep, .commit, .crash, .restart, .race: false
    default: true
    }
  }
}
