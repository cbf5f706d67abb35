/// The rules and signals of a run, checked and compiled.
package struct RuleSet: Sendable {
  package struct Pack: Sendable {
    package let name: String
    package let about: String?
    package let file: String
    package let ruleCount: Int
  }

  /// In the order of the packs and of their files; the index of a rule is its name elsewhere.
  package let rules: [Rule]
  /// Those of the packs in their order, then one for each error rule that no signal counts.
  package let signals: [Signal]
  package let packs: [Pack]
  /// What each measure counts, as `http.request where status >= 500`, by `MeasureID`.
  package let measureNames: [String]
  /// Whether a measure adds up captured numbers; else it counts matches.
  let measureIsSum: [Bool]
  /// What each histogram holds, as `http.request duration`.
  package let histogramNames: [String]
  /// Finished HTTP requests: event `http.request` without a condition; nil when no rule has it.
  package let requestMeasure: MeasureID?
  /// Error records of any kind: event `error.record` without a condition.
  package let errorMeasure: MeasureID?
  let program: MatchProgram

  /// Whether a measure adds up captured numbers; else it counts matches.
  package func isSum(_ measure: MeasureID) -> Bool { measureIsSum[measure] }

  package var measureCount: Int { measureNames.count }
  package var histogramCount: Int { histogramNames.count }

  /// Index of the rule with that id.
  ///
  /// - Complexity: linear in the number of rules.
  package func index(ofRule id: String) -> Int? {
    rules.firstIndex { $0.id == id }
  }

  /// Index of the signal with that id.
  ///
  /// - Complexity: linear in the number of signals.
  package func index(ofSignal id: String) -> Int? {
    signals.firstIndex { $0.id == id }
  }

  /// Whether every access line or every error record is such an event.
  package static func isGeneral(event: String) -> Bool {
    event == requestEvent || event == errorEvent
  }

  /// The event that every access line is.
  static let requestEvent = "http.request"
  /// The event that every error record is.
  static let errorEvent = "error.record"
}
