import Windows

/// Whether a window's inputs were alive, which decides what a missing event means.
struct Pulse: Sendable {
  /// No line at all came.
  let isQuiet: Bool
  /// An input that carries requests wrote, or any input where none does: what is missing then did
  /// not happen.
  let isWriting: Bool
  /// Lines came as before and no request was among them: they are no longer recognised.
  let isUnreadable: Bool
}

/// Tells the pulse of window after window, in time order.
struct PulseMeter: Sendable {
  private let sources: [Int]
  private let requestMeasure: Int?
  /// Part of the lines that are requests.
  private let requestShare: Double
  private var recentLines: RecentRate
  /// Since the last request was recognised: windows, and their lines.
  private(set) var unrecognised = (windows: 0, lines: 0)
  /// Part of the lines that have to be requests before their absence can be told from fewer of them.
  private static let requestShareMinimum = 0.3

  init(
    _ timeline: Timeline, windows: BaselineWindows, requestMeasure: Int?, windowSeconds: Double
  ) {
    let lines = timeline.inputLines
    let carriers = lines.inputs.filter { lines.hasRequests($0) }
    let sources = carriers.isEmpty ? Array(lines.inputs) : carriers
    let counts = windows.indices.map { index in
      Double(sources.reduce(0) { $0 + lines.lines(of: $1, in: index) })
    }
    self.sources = sources
    self.requestMeasure = carriers.isEmpty ? nil : requestMeasure
    let requests = requestMeasure.map { windows.total.amount($0) } ?? 0
    let sum = counts.reduce(0, +)
    requestShare = sum > 0 ? requests / sum : 0
    recentLines = RecentRate(counts, windowSeconds: windowSeconds)
  }

  /// Lines that come as before without a request among them are no longer recognised; half of them
  /// may have been requests that did not come.
  mutating func pulse(_ timeline: Timeline, at index: Int) -> Pulse {
    let window = timeline[index]
    let lines = sources.reduce(0) { $0 + timeline.inputLines.lines(of: $1, in: index) }
    // Inputs beyond those that are counted apart are known by the window alone.
    let isWriting = lines > 0 || (sources.isEmpty && window.lines > 0)
    var isUnreadable = false
    if let requestMeasure, requestShare >= Self.requestShareMinimum, isWriting {
      if window.amount(requestMeasure) > 0 {
        unrecognised = (0, 0)
        recentLines.add(Double(lines))
      } else {
        unrecognised.windows += 1
        unrecognised.lines += lines
        let due = recentLines.perWindow * Double(unrecognised.windows)
        isUnreadable = Double(unrecognised.lines) >= (1 - 0.5 * requestShare) * due
      }
    }
    return Pulse(isQuiet: window.lines == 0, isWriting: isWriting, isUnreadable: isUnreadable)
  }
}
