import Bytes

/// Carries a history out on simulated files, with a reader and the model that judges it.
final class HistoryRun {
  let scene: FollowScene
  let files = SimulatedFiles()
  let model: FollowModel
  let reader: any ReaderUnderTest
  private(set) var services: [SimulatedService] = []
  var random: SeededGenerator
  /// The number of the last line of all services.
  var numbers = 0
  /// Copies that are being made, and packing that is under way, by followed path.
  var copies: [Int: Copy] = [:]
  var packings: [Int: Packing] = [:]
  /// Logs of which a whole copy was made, and that are to be truncated.
  var untruncated: Set<Int> = []
  /// The reader's poll before which a log was truncated last.
  var truncatedInPoll: [Int: Int] = [:]
  /// Steps that wait for their moment in the next poll.
  var races: [(calls: Int, step: FollowStep)] = []
  private var isRunning = false
  /// Whether the reader has been through all there is since it was started.
  private var hasBeenThrough = false
  private var hasRaced = false
  private(set) var steps = 0
  private var lastLook = Int64.min
  /// Reading makes so many polls at most: a reader that always has more to read never ends.
  private static let pollLimit = 500

  struct Copy {
    let source: SimulatedInode
    let copy: SimulatedInode
    let lineage: Int
  }

  struct Packing {
    let plain: SimulatedInode
    let packed: SimulatedInode
    let plainPath: String
    /// What gzip had read of the plain file before it wrote.
    let text: [UInt8]
    let lineage: Int
  }

  init(_ history: FollowHistory, reader: any ReaderUnderTest) {
    scene = FollowScene.all[history.scene % FollowScene.all.count]
    model = FollowModel(files, scene)
    self.reader = reader
    random = SeededGenerator(seed: history.seed)
    files.random = SeededGenerator(seed: history.seed &+ 1)
    files.tickNanoseconds = scene.tickNanoseconds
    files.readsShort = scene.readsShort
    files.keepsMade = scene.keepsMade
    for folder in ["/logs", "/srv"] { files.makeFolder(folder) }
    if let swap = scene.swap {
      for folder in swap.folders { files.makeFolder(folder) }
      files.makeLink(swap.link, to: swap.folders[0])
    }
    services = scene.bases.map { SimulatedService(files, model, $0) }
    for path in scene.bases.indices { relink(path) }
  }

  /// Runs the history to its end; returns what the reader did wrong first.
  static func failure(of history: FollowHistory, reader: any ReaderUnderTest) -> FollowModel
    .Failure?
  {

    let run = HistoryRun(history, reader: reader)
    return run.finish(history)
  }

  func finish(_ history: FollowHistory) -> FollowModel.Failure? {
    defer { reader.crash() }
    for step in history.steps {
      perform(step)
      if let failure = model.failure { return failure }
    }
    bringToRest()
    model.checkEnd()
    reader.crash()
    isRunning = false
    if files.readerHandles != 0 {
      model.fail(.leaking, "\(files.readerHandles) files were left open")
    }
    return model.failure
  }

  func perform(_ step: FollowStep) {
    steps += 1
    // Some time passes with each step, often less than a tick.
    files.now += Int64.random(in: 0..<500_000, using: &random)
    switch step {
    case .poll(let milliseconds):
      pass(milliseconds)
      poll()
    case .glimpse(let milliseconds, let bytes):
      pass(milliseconds)
      _ = pollOnce(budget: bytes)
      // What it has seen, and not read, may be copied and truncated without a trace.
      hasBeenThrough = true
    case .pause: pause()
    case .sleep(let seconds): files.now += Int64(seconds) * 1_000_000_000
    case .commit: commit()
    case .crash: crash()
    case .restart:
      commit()
      crash()
    case .race(let calls, let step): if step.mayRace { races.append((calls, step)) }
    default: change(step)
    }
  }

  func pass(_ milliseconds: Int) { files.now += Int64(milliseconds) * 1_000_000 }

  private func pause() {
    pass(300)
    poll()
    files.now += FollowScene.graceNanoseconds
    poll()
    files.now += FollowScene.retirementNanoseconds
    poll()
  }

  /// Reads all that is there.
  func poll() {
    let seesNames = isLookDue
    let faults = files.faults
    hasRaced = false
    var polls = 0
    while pollOnce(budget: 1 << 20), model.failure == nil {
      polls += 1
      if polls > Self.pollLimit { return model.fail(.endless, "the reader never came to an end") }
    }
    if seesNames, !hasRaced, files.faults == faults, model.failure == nil {
      model.checkPromptness(isFirst: !hasBeenThrough)
    }
    hasBeenThrough = true
  }

  private var isLookDue: Bool {
    lastLook == .min || files.now - lastLook >= Int64(FollowScene.pollMilliseconds) * 1_000_000
  }

  private func pollOnce(budget: Int) -> Bool {
    let start = files.calls
    if isLookDue { lastLook = files.now }
    races.sort { $0.calls < $1.calls }
    model.poll += 1
    model.pollStart = start
    model.isPolling = true
    files.beforeCall = { [unowned self] in performRaces(since: start) }
    if !isRunning {
      reader.start(files, scene)
      isRunning = true
      hasBeenThrough = false
      lastLook = files.now
    }
    let isPending = reader.poll(now: files.now, budget: budget) { model.deliver($0) }
    files.beforeCall = nil
    model.isPolling = false
    model.sweepAfterPoll()
    model.checkFragments()
    if !isPending { model.checkHeld() }
    return isPending
  }

  private func performRaces(since start: Int) {
    while let race = races.first, files.calls - start >= race.calls {
      races.removeFirst()
      hasRaced = true
      change(race.step)
    }
  }

  func commit() {
    guard isRunning else { return }
    reader.commit()
    model.commit()
  }

  private func crash() {
    reader.crash()
    isRunning = false
    lastLook = .min
    model.rollBack()
  }
}
