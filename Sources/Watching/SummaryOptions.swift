package import Judgement
package import Records
package import Redaction

/// What `tidemark summary` was asked for.
package struct SummaryOptions: Sendable {
  /// Files, directories, globs, or `-` for standard input, as the user wrote them.
  package var arguments: [String]
  package var job: String
  package var zone: LocalZone
  package var lineBytesLimit = 1 << 20
  /// Probability that a run raises any false alarm.
  package var alpha = 0.01
  /// Look again at everything since then, and leave the job as it is.
  package var since: Timestamp?
  /// Print also when nothing is noteworthy.
  package var isAlways = false
  /// The silences at present.
  package var mutes: @Sendable () -> [Mute] = { [] }
  /// Takes secrets out of everything that comes from a log.
  package var redactor = Redactor.builtIn

  package init(arguments: [String], job: String, zone: LocalZone) {
    self.arguments = arguments
    self.job = job
    self.zone = zone
  }
}

/// How `tidemark summary` ended.
package struct SummaryEnding: Sendable {
  package var cause: WatchEnding.Cause
  /// Something regressed that nobody has silenced.
  package var isRegressed = false
  /// Something could not be looked at.
  package var isBlind = false
}
