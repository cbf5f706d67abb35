package import Judgement
package import Records
package import Redaction
package import Windows

/// Everything a run of `tidemark summary` has to say.
package struct SummaryFacts: Sendable {
  /// A kind of error and how often it came.
  package struct ErrorCount: Sendable {
    package var signal: String
    package var about: String?
    package var count: Double
    package var sample: Sample?

    package init(signal: String, about: String?, count: Double, sample: Sample?) {
      self.signal = signal
      self.about = about
      self.count = count
      self.sample = sample
    }
  }

  package var job: String
  /// Takes secrets out of log lines.
  package var redactor = Redactor.builtIn
  /// Physical lines that are new.
  package var lines = 0
  /// Times of the first and the last of their records.
  package var from: Timestamp?
  package var to: Timestamp?
  /// Inputs with their new lines, in the order of their numbers.
  package var files: [(name: String, lines: Int)] = []
  /// Lines of times that an earlier run has judged: they are history, and not judged.
  package var lateLines = 0
  /// It was looked at before: errors are not told as new once more.
  package var isAgain = false
  /// All of it was taken as history.
  package var isFirst = false
  /// What was compared with; nil where there was nothing to compare.
  package var historyFrom: Timestamp?
  package var historyTo: Timestamp?
  package var verdict: Verdict?
  package var measured: [Measured] = []
  /// Requests before and now, over seconds.
  package var requests: (before: Counted, now: Counted)?
  /// The most frequent first.
  package var errors: [ErrorCount] = []
  /// What could not be looked at, each a sentence.
  package var problems: [String] = []
  /// Skipped lines and files, of which `reading` has the numbers alone.
  package var reading = ReadingFacts()

  package init(job: String) {
    self.job = job
  }

  /// Something that a watch would alert or note and that nobody has silenced, or something that could
  /// not be read.
  package var isNoteworthy: Bool {
    !problems.isEmpty
      || verdict?.alerts.contains { $0.state != .resolved && $0.mute == nil } ?? false
  }

  func name(ofFile index: Int) -> String {
    files.indices.contains(index) ? files[index].name : WatchFacts.standardInput
  }
}
