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

/// What the pulse of a window is measured against.
struct PulseMeter: Sendable {
  private let sources: [Int]
  private let requestMeasure: Int?
  private let meanLines: Double
  private let meanRequests: Double
  /// Part of the lines that have to be requests before their absence can be told from fewer of them.
  private static let requestShareMinimum = 0.3

  init(_ timeline: Timeline, windows: BaselineWindows, requestMeasure: Int?) {
    let lines = timeline.inputLines
    let carriers = lines.inputs.filter { lines.hasRequests($0) }
    let sources = carriers.isEmpty ? Array(lines.inputs) : carriers
    let count = Double(max(1, windows.indices.count))
    var sum = 0
    var requests = 0.0
    for index in windows.indices {
      for input in sources { sum += lines.lines(of: input, in: index) }
      if let requestMeasure { requests += timeline[index].amount(requestMeasure) }
    }
    self.sources = sources
    self.requestMeasure = carriers.isEmpty ? nil : requestMeasure
    meanLines = Double(sum) / count
    meanRequests = requests / count
  }

  func pulse(_ timeline: Timeline, at index: Int) -> Pulse {
    let window = timeline[index]
    let lines = sources.reduce(0) { $0 + timeline.inputLines.lines(of: $1, in: index) }
    // Inputs beyond those that are counted apart are known by the window alone.
    let isWriting = lines > 0 || (sources.isEmpty && window.lines > 0)
    var isUnreadable = false
    if let requestMeasure, isWriting, window.amount(requestMeasure) == 0,
      meanRequests >= Self.requestShareMinimum * meanLines
    {
      isUnreadable = Double(lines) >= max(1, meanLines - 0.5 * meanRequests)
    }
    return Pulse(isQuiet: window.lines == 0, isWriting: isWriting, isUnreadable: isUnreadable)
  }
}
