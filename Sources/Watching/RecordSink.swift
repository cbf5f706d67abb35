import Records
import Rules
import Windows

/// The end of the data plane: a record goes through the rules and into its window.
struct RecordSink: ~Copyable {
  var timeline: Timeline
  var matcher: RuleMatcher
  private var observation = Observation()
  private var signatureKey: [UInt8] = []
  /// By logical input.
  private(set) var frontiers: [Frontier] = []
  /// Smallest index of a window that was added to since `takeOldestWindow`.
  private var oldestWindow: Int?
  private(set) var recordCount = 0
  private(set) var sawRequest = false
  /// What the parts that were added said of the rules' limits.
  private var limitsOfParts: [RuleLimit]
  /// Whether it is counted what the records are made of.
  private let takesCensus: Bool
  /// Requests that are left out of the timeline; nil for none.
  let thinning: RouteThinning?
  /// By logical input; empty unless `takesCensus`.
  private(set) var censuses: [InputCensus] = []

  init(
    timeline: Timeline, matcher: consuming RuleMatcher, takesCensus: Bool = false,
    thinning: RouteThinning? = nil
  ) {
    self.timeline = timeline
    self.takesCensus = takesCensus
    self.thinning = thinning
    limitsOfParts = matcher.limitHits.map { _ in RuleLimit() }
    self.matcher = matcher
  }

  mutating func take(_ text: Span<UInt8>, _ record: borrowing Record, input: Int) {
    recordCount += 1
    while frontiers.count <= input { frontiers.append(Frontier()) }
    frontiers[input].take(record)
    if record.isRequest { sawRequest = true }
    matcher.observe(text, record, into: &observation)
    if takesCensus {
      while censuses.count <= input { censuses.append(InputCensus()) }
      censuses[input].add(observation, of: record, text: text, rules: matcher.rules)
    }
    if let thinning, !thinning.keeps(record, route: observation.route) { return }
    // Out of `self` for the call, so that a view of it and the timeline can be used together; a move.
    var key: [UInt8] = []
    swap(&key, &signatureKey)
    defer { swap(&key, &signatureKey) }
    key.removeAll(keepingCapacity: true)
    if observation.isError {
      matcher.appendSignatureKey(text, record, observation, to: &key)
    }
    guard
      let window = timeline.add(
        observation, of: record, text: text, signatureKey: key.span, input: input)
    else { return }
    oldestWindow = oldestWindow.map { min($0, window) } ?? window
  }

  /// The oldest window changed since the last call.
  mutating func takeOldestWindow() -> Int? {
    defer { oldestWindow = nil }
    return oldestWindow
  }

  /// The oldest time that a line of an input has stated since the last call.
  mutating func takeOldestTime(input: Int) -> Timestamp? { frontiers[input].takeOldest() }

  /// How often each rule exceeded its match limit, and whether it was suspended for it.
  var ruleLimits: [RuleLimit] {
    zip(limitsOfParts, matcher.limitHits).map { $0.adding($1) }
  }
}

/// What a rule's match limit came to.
struct RuleLimit: Sendable {
  private(set) var hits = 0
  private(set) var wasSuspended = false

  func adding(_ hits: Int) -> RuleLimit {
    var sum = self
    sum.hits += hits
    sum.wasSuspended = wasSuspended || hits >= Rules.Limits.limitHitsPerRule
    return sum
  }
}

/// What the records of one piece of an input came to.
struct RecordPart: Sendable {
  fileprivate var timeline: Timeline
  fileprivate var frontier: Frontier
  fileprivate var recordCount: Int
  fileprivate var sawRequest: Bool
  fileprivate var limitHits: [Int]
  fileprivate var census: InputCensus?
}

extension RecordSink {
  /// What came since the last call, all of it of one input; the sink is then as new, but for what it
  /// has learnt of the stream.
  mutating func takePart(input: Int, next: Timeline) -> RecordPart {
    let part = RecordPart(
      timeline: timeline,
      frontier: frontiers.indices.contains(input) ? frontiers[input] : Frontier(),
      recordCount: recordCount, sawRequest: sawRequest, limitHits: matcher.takeLimitHits(),
      census: censuses.indices.contains(input) ? censuses[input] : nil)
    timeline = next
    frontiers = []
    censuses = []
    oldestWindow = nil
    recordCount = 0
    sawRequest = false
    return part
  }

  /// Adds what a piece came to.
  mutating func adopt(_ part: RecordPart, input: Int, linesBefore: Int) {
    timeline.merge(part.timeline, linesBefore: linesBefore)
    while frontiers.count <= input { frontiers.append(Frontier()) }
    frontiers[input].merge(part.frontier)
    recordCount += part.recordCount
    sawRequest = sawRequest || part.sawRequest
    if let census = part.census {
      while censuses.count <= input { censuses.append(InputCensus()) }
      censuses[input].merge(census)
    }
    for rule in limitsOfParts.indices {
      limitsOfParts[rule] = limitsOfParts[rule].adding(part.limitHits[rule])
    }
  }
}
