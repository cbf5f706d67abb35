import Records
import Rules
import Windows

/// The end of the data plane: a record goes through the rules and into its window.
struct RecordSink: ~Copyable {
  var timeline: Timeline
  var matcher: RuleMatcher
  private var observation = Observation()
  /// By logical input.
  private(set) var frontiers: [Frontier] = []
  /// Smallest index of a window that was added to since `takeOldestWindow`.
  private var oldestWindow: Int?
  private(set) var recordCount = 0
  private(set) var sawRequest = false

  init(timeline: Timeline, matcher: consuming RuleMatcher) {
    self.timeline = timeline
    self.matcher = matcher
  }

  mutating func take(_ text: Span<UInt8>, _ record: borrowing Record, input: Int) {
    recordCount += 1
    while frontiers.count <= input { frontiers.append(Frontier()) }
    frontiers[input].take(record)
    if record.isRequest { sawRequest = true }
    matcher.observe(text, record, into: &observation)
    guard let window = timeline.add(observation, of: record, text: text) else { return }
    oldestWindow = oldestWindow.map { min($0, window) } ?? window
  }

  /// The oldest window changed since the last call.
  mutating func takeOldestWindow() -> Int? {
    defer { oldestWindow = nil }
    return oldestWindow
  }
}
