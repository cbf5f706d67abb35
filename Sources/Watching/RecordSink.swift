import Records
import Rules
import Windows

/// The end of the data plane: a record goes through the rules and into its window.
struct RecordSink: ~Copyable {
  var timeline: Timeline
  var matcher: RuleMatcher
  private var observation = Observation()
  /// Newest time of each input's records since `takeNewest`, for the watermark.
  private var newestByInput: [Timestamp?] = []
  /// Smallest index of a window that was added to since `takeOldestWindow`.
  private var oldestWindow: Int?
  private(set) var recordCount = 0

  init(timeline: Timeline, matcher: consuming RuleMatcher) {
    self.timeline = timeline
    self.matcher = matcher
  }

  mutating func take(_ text: Span<UInt8>, _ record: borrowing Record, input: Int) {
    recordCount += 1
    matcher.observe(text, record, into: &observation)
    guard let window = timeline.add(observation, of: record, text: text) else { return }
    if let time = record.time {
      while newestByInput.count <= input { newestByInput.append(nil) }
      newestByInput[input] = newestByInput[input].map { max($0, time) } ?? time
    }
    oldestWindow = oldestWindow.map { min($0, window) } ?? window
  }

  /// The newest time of an input since the last call.
  mutating func takeNewest(input: Int) -> Timestamp? {
    guard newestByInput.indices.contains(input) else { return nil }
    defer { newestByInput[input] = nil }
    return newestByInput[input]
  }

  /// The oldest window changed since the last call.
  mutating func takeOldestWindow() -> Int? {
    defer { oldestWindow = nil }
    return oldestWindow
  }
}
