package import Judgement
package import Records
package import Windows

/// What `doctor` found out about the inputs, for its reports.
package struct DoctorFacts: Sendable {
  package var inputs: [DoctorInput] = []
  /// Ids of the rules, by index.
  package var ruleNames: [String]
  /// The zone of times that state none.
  package var zone: String
  package var lineBytesLimit: Int
  package var forecast: DoctorForecast?
  /// Why there is no forecast.
  package var obstacle: String?
  /// What was found beside the inputs and could not be read.
  package var problems: [String] = []

  package init(ruleNames: [String], zone: String, lineBytesLimit: Int) {
    self.ruleNames = ruleNames
    self.zone = zone
    self.lineBytesLimit = lineBytesLimit
  }

  /// Whether every input can be watched.
  package var isUsable: Bool { inputs.allSatisfy { $0.obstacles.isEmpty } }
}

/// One input: a file with its rotated siblings, or a stream.
package struct DoctorInput: Sendable {
  /// One file of it.
  package struct File: Sendable {
    package var name: String
    /// How it is packed; nil for a stream.
    package var compression: String?
    package var bytes: Int64
    package var isSibling: Bool

    package init(name: String, compression: String?, bytes: Int64, isSibling: Bool) {
      self.name = name
      self.compression = compression
      self.bytes = bytes
      self.isSibling = isSibling
    }
  }

  package var name: String
  /// Oldest first.
  package var files: [File] = []
  package var isStream = false
  /// Why it cannot be watched.
  package var obstacles: [String] = []
  /// How its rotated siblings are named; nil without any.
  package var rotation: String?
  package var census = InputCensus()
  /// Lines longer than the limit, whose rest was skipped.
  package var truncatedLines = 0
  package var nulBytes = 0
  /// gzip files that were cut off or damaged.
  package var damagedFiles = 0
  /// Records more than a minute behind one before them.
  package var recordsBehind = 0
  package var farthestBehindSeconds = 0.0

  package init(name: String) {
    self.name = name
  }

  /// Whether it carries finished requests.
  package var hasRequests: Bool { census.requests.count > 0 }

  /// Its formats by lines, the most frequent first.
  package var formats: [(format: LineFormat, lines: Int)] {
    census.linesByFormat.map { (format: $0.key, lines: $0.value) }.sorted {
      $0.lines != $1.lines
        ? $0.lines > $1.lines : $0.format.rawValue < $1.format.rawValue
    }
  }
}

/// What could be seen with the baseline that the inputs hold.
package struct DoctorForecast: Sendable {
  package var from: Timestamp
  /// The release moment that was assumed.
  package var at: Timestamp
  package var windowSeconds: Double
  package var lines: Int
  package var requests: Double
  package var alpha: Double
  /// How long the watch would last.
  package var watchSeconds: Double
  /// The restart span, which is not judged.
  package var settleSeconds: Double
  package var signals: [SignalForecast]
  package var cautions: [String]

  package init(
    from: Timestamp, at: Timestamp, windowSeconds: Double, lines: Int, requests: Double,
    alpha: Double, watchSeconds: Double, settleSeconds: Double, signals: [SignalForecast],
    cautions: [String]
  ) {
    self.from = from
    self.at = at
    self.windowSeconds = windowSeconds
    self.lines = lines
    self.requests = requests
    self.alpha = alpha
    self.watchSeconds = watchSeconds
    self.settleSeconds = settleSeconds
    self.signals = signals
    self.cautions = cautions
  }

  /// Seconds until everything that healthy needs could be healthy; nil when some of it never could.
  package var healthySeconds: Double? {
    let required = signals.filter(\.isRequired)
    guard !required.isEmpty, required.allSatisfy({ $0.healthySeconds != nil }) else { return nil }
    return required.compactMap(\.healthySeconds).max()
  }
}
