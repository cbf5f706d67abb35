import Judgement
import Records
import Rules
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A made-up service for tests of the judge: requests, 5xx and error records, window by window,
/// without any log text in between.
struct Scene {
  static let release = Timestamp(seconds: 1_800_000_000)
  static let rules = try! RuleSet.load(
    texts: [
      (
        name: "scene.yaml",
        text: """
        pack: scene
        rules:
          - id: http.request
            record: request
            captures: { status: integer, cache: word, db_calls: number, duration: { unit: seconds } }
          - id: error.record
            record: error
          - id: db.down
            class: crash
            match: 'db down'
            hint: Start the database.
          - id: slow
            class: warning
            match: 'slow'
          - id: dropped
            class: warning
            loses-lines: true
            match: 'dropped'
        signals:
          - id: http.5xx
            kind: ratio
            count: http.request where status >= 500
            per: http.request
            by: route
            worse: up
            severity: critical
            required: true
          - id: errors
            kind: ratio
            count: error.record
            per: requests-else-seconds
            worse: up
            severity: error
            required: true
          - id: http.latency
            kind: latency
            value: http.request duration
            required: true
          - id: http.requests
            kind: silence
            count: http.request
          - id: cache.hits
            kind: proportion
            count: http.request where cache = HIT
            per: http.request where cache exists
            worse: down
            explains: [db.calls]
          - id: db.calls
            kind: ratio
            count: sum(http.request db_calls)
            per: http.request where db_calls exists
        """
      )
    ])

  var timeline: Timeline
  private var random: UInt64

  init(
    seed: UInt64, settleSeconds: Int64 = 30, lengthSeconds: Int64? = nil, baselineDays: Int64 = 1
  ) {
    random = seed
    let second: Int64 = 1_000_000_000
    timeline = Timeline(
      plan: WindowPlan(
        release: Self.release, widthNanoseconds: 10 * second,
        baselineSpan: baselineDays * 86_400 * second,
        settle: settleSeconds * second, length: lengthSeconds.map { $0 * second }),
      rules: Self.rules)
  }

  /// A uniform number in 0..<1 (SplitMix64).
  mutating func uniform() -> Double {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
  }

  /// How many of `trials` succeed.
  mutating func binomial(_ trials: Int, _ share: Double) -> Int {
    (0..<trials).count { _ in uniform() < share }
  }

  /// Fills windows with requests, of which a share fails; each failure is an error record as well.
  mutating func fill(_ windows: Range<Int>, requests: Int, share: Double) {
    for window in windows {
      let failures = binomial(requests, share)
      add(to: window, count: requests - failures, rules: ["http.request"])
      add(to: window, count: failures, rules: ["http.request"], fails: true)
      add(to: window, count: failures, rules: ["error.record"])
    }
  }

  /// Requests that state how long they took, whether the cache answered, and their database calls.
  struct Traffic {
    var requests = 60
    /// Median, in seconds.
    var latency = 0.05
    var hits = 0.6
    var calls = 2.0
    var statesLatency = true
  }

  /// Fills windows with such requests; their number varies like that of independent arrivals.
  mutating func fill(_ windows: Range<Int>, _ traffic: Traffic) {
    for window in windows {
      let requests = binomial(2 * traffic.requests, 0.5)
      for _ in 0..<requests {
        var extra: [(signal: String, numerator: Double, denominator: Double)] = []
        extra.append(("cache.hits", uniform() < traffic.hits ? 1 : 0, 1))
        extra.append(("db.calls", (uniform() * 2 * traffic.calls).rounded(), 1))
        // A sum of uniforms is near enough to a normal number.
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
        let latency = traffic.latency * exp2(normal)
        add(
          to: window, rules: ["http.request"], extra: extra,
          latency: traffic.statesLatency ? latency : nil)
      }
    }
  }

  /// Adds records that match the named rules.
  mutating func add(
    to window: Int, count: Int = 1, rules: [String], fails: Bool = false,
    extra: [(signal: String, numerator: Double, denominator: Double)] = [],
    latency: Double? = nil, input: Int = 0
  ) {
    var observation = Observation()
    var record = Record()
    record.time = timeline.plan.start(of: window).advanced(byNanoseconds: 1_000_000_000)
    record.timeSource = .line
    record.firstLineNumber = 7
    for name in rules {
      let rule = Self.rules.index(ofRule: name)!
      observation.rules.append(rule)
      for signal in Self.rules.signals {
        let isCounted: Bool
        switch signal.id {
        case "http.5xx": isCounted = name == "http.request" && fails
        case "errors": isCounted = name == "error.record"
        case "http.requests", "cache.hits", "db.calls": isCounted = false
        default: isCounted = signal.rule == rule
        }
        if isCounted, let measure = signal.count {
          observation.hits.append(Observation.Hit(measure: measure, amount: 1))
        }
      }
      if name == "error.record" { record.severity = .error }
      if name == "http.request", let requests = Self.rules.requestMeasure {
        observation.hits.append(Observation.Hit(measure: requests, amount: 1))
        record.request.method = 0..<1
        record.request.path = 0..<1
        record.request.status = 200
      }
    }
    for (id, numerator, denominator) in extra {
      let signal = Self.rules.signals[Self.rules.index(ofSignal: id)!]
      observation.hits.append(Observation.Hit(measure: signal.count!, amount: numerator))
      if case .measure(let per) = signal.exposure {
        observation.hits.append(Observation.Hit(measure: per, amount: denominator))
      }
    }
    if let latency {
      let signal = Self.rules.signals[Self.rules.index(ofSignal: "http.latency")!]
      observation.values.append(
        Observation.Value(histogram: signal.histogram!, number: latency))
    }
    let text = Array("a line".utf8)
    for _ in 0..<count {
      timeline.add(observation, of: record, text: text.span, input: input)
    }
  }

  /// The judge after every window up to `end`, and the alerts in the order they were raised.
  func judged(
    upTo end: Int, options: JudgeOptions = JudgeOptions()
  ) -> (verdict: Verdict, alerts: [Alert]) {
    var judge = Judge(timeline: timeline, rules: Self.rules, options: options)
    var alerts: [Alert] = []
    while judge.nextIndex < end { alerts += judge.look(timeline) }
    return (judge.verdict(timeline, blindness: []), alerts)
  }
}
