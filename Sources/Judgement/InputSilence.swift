import Statistics
import Windows

/// One input that may stop: no line at all in the last windows, where its baseline says that many were
/// due.
///
/// The evidence is that of a run of windows without a line (`SilenceTest`).
struct InputSilence: Sendable {
  let input: Int
  private let test: SilenceTest
  private var recent: RecentRate
  private let linesBefore: Double
  private let secondsBefore: Double
  private let windowSeconds: Double
  /// Windows without a line, up to now.
  private var quietWindows: Int
  private(set) var isSilent = false
  private(set) var logEvidence = 0.0
  private(set) var threshold = 0.0

  enum Change {
    case silent, back
  }

  /// One for each input that wrote before the release and had not stopped before it: what ended
  /// earlier cannot tell of the release.
  static func all(
    _ timeline: Timeline, windows: BaselineWindows, threshold: (Int) -> Double
  ) -> [InputSilence] {
    let inputs = timeline.inputLines.inputs
    return inputs.compactMap { input in
      let lines = windows.indices.map { Double(timeline.inputLines.lines(of: input, in: $0)) }
      // A log that began within the baseline was not silent before.
      let body = lines.drop { $0 == 0 }
      let quiet = body.reversed().prefix { $0 == 0 }.count
      guard body.count > quiet else { return nil }
      let silence = InputSilence(
        input: input, lines: Array(body.dropLast(quiet)), quietWindows: quiet,
        windowSeconds: timeline.plan.widthSeconds)
      let isOver = silence.evidence >= threshold(inputs.count)
      return isOver ? nil : silence
    }
  }

  private init(input: Int, lines: [Double], quietWindows: Int, windowSeconds: Double) {
    self.input = input
    self.windowSeconds = windowSeconds
    self.quietWindows = quietWindows
    test = SilenceTest(counts: lines)
    recent = RecentRate(lines, windowSeconds: windowSeconds)
    linesBefore = lines.reduce(0, +)
    secondsBefore = Double(lines.count) * windowSeconds
  }

  private var evidence: Double {
    test.logEvidence(windows: quietWindows, rate: recent.perWindow)
  }

  /// Takes the next window.
  ///
  /// - Parameter hasSuccessor: whether an input that nobody knew before has begun since a given window:
  ///   logs that carry the date in their names end when the next one begins.
  mutating func look(
    lines: Int, at index: Int, threshold: Double, hasSuccessor: (Int) -> Bool
  ) -> Change? {
    self.threshold = threshold
    guard lines == 0 else {
      quietWindows = 0
      logEvidence = 0
      recent.add(Double(lines))
      guard isSilent else { return nil }
      isSilent = false
      return .back
    }
    quietWindows += 1
    guard seconds >= Limits.silenceSecondsMinimum, !isSilent else { return nil }
    logEvidence = evidence
    guard logEvidence >= threshold, !hasSuccessor(index - quietWindows) else { return nil }
    isSilent = true
    return .silent
  }

  /// How long it has been silent.
  var seconds: Double { Double(quietWindows) * windowSeconds }
  /// Lines that its baseline would have given in that time.
  var expected: Double {
    min(recent.perWindow / windowSeconds, linesBefore / max(secondsBefore, 1)) * seconds
  }

  var before: Counted { Counted(count: linesBefore, exposure: secondsBefore) }
  var candidate: Counted { Counted(count: 0, exposure: seconds) }
}
