import Statistics
import Windows

/// One input that may stop: no line at all in the last windows, where its baseline says that many were
/// due.
///
/// The evidence is that of a run of windows without a line (`SilenceTest`).
struct InputSilence: Sendable {
  let input: Int
  private let test: SilenceTest
  private let linesBefore: Double
  private let secondsBefore: Double
  private let windowSeconds: Double
  /// Windows without a line, up to now.
  private var quietWindows = 0
  private(set) var isSilent = false
  private(set) var logEvidence = 0.0
  private(set) var threshold = 0.0

  enum Change {
    case silent, back
  }

  /// One for each input that wrote before the release.
  static func all(_ timeline: Timeline, windows: BaselineWindows) -> [InputSilence] {
    timeline.inputLines.inputs.compactMap { input in
      let lines = windows.indices.map { Double(timeline.inputLines.lines(of: input, in: $0)) }
      guard lines.contains(where: { $0 > 0 }) else { return nil }
      return InputSilence(input: input, lines: lines, windowSeconds: timeline.plan.widthSeconds)
    }
  }

  private init(input: Int, lines: [Double], windowSeconds: Double) {
    self.input = input
    self.windowSeconds = windowSeconds
    test = SilenceTest(counts: lines)
    linesBefore = lines.reduce(0, +)
    secondsBefore = Double(lines.count) * windowSeconds
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
      guard isSilent else { return nil }
      isSilent = false
      return .back
    }
    quietWindows += 1
    guard seconds >= Limits.silenceSecondsMinimum, !isSilent else { return nil }
    logEvidence = test.logEvidence(windows: quietWindows)
    guard logEvidence >= threshold, !hasSuccessor(index - quietWindows) else { return nil }
    isSilent = true
    return .silent
  }

  /// How long it has been silent.
  var seconds: Double { Double(quietWindows) * windowSeconds }
  /// Lines that its baseline would have given in that time.
  var expected: Double { linesBefore / max(secondsBefore, 1) * seconds }

  var before: Counted { Counted(count: linesBefore, exposure: secondsBefore) }
  var candidate: Counted { Counted(count: 0, exposure: seconds) }
}
