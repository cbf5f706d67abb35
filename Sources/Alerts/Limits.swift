/// Every bound of this target in one place. Reaching one is counted and shown, never silent.
package enum Limits {
  /// Stories of one burst that get a message of their own; the others share a digest.
  package static let storiesPerBurst = 3
  /// Burst: what begins within so many nanoseconds of its first.
  package static let burstNanoseconds: Int64 = 30_000_000_000
  /// A story is resolved when nothing of it has fired for so long: the same incident rings once.
  package static let calmNanoseconds: Int64 = 300_000_000_000
  /// Digests of one release are told again at most so often.
  package static let digestNanoseconds: Int64 = 300_000_000_000
  /// Stories that are told apart; later ones are only counted in the digest.
  package static let stories = 2_000
  /// Signals that one message names; the others are counted.
  static let signalsNamed = 12
  /// Characters of a summary, and lines and bytes of a sample, in any payload.
  static let summaryCharacters = 130
  static let sampleLines = 12
  static let sampleCharacters = 1_200
  /// Bytes of what one sink takes.
  static let webhookBytes = 20_000
  static let pagerDutyBytes = 512_000
  package static let stepSummaryBytes = 1 << 20
  /// Slack's: characters of a header, fields of a section, characters of a field and of a section.
  static let slackHeaderCharacters = 150
  static let slackFields = 10
  static let slackFieldCharacters = 2_000
  static let slackSectionCharacters = 3_000
  /// Nanoseconds for which Alertmanager keeps an alert that is not repeated, and how often it is.
  static let alertmanagerLifeNanoseconds: Int64 = 240_000_000_000
  package static let alertmanagerRepeatNanoseconds: Int64 = 60_000_000_000
  /// The same for the last message of a watch that ends with a regression.
  static let alertmanagerLastLifeNanoseconds: Int64 = 14_400_000_000_000
  /// One try, all in all, and until there is a connection.
  package static let tryMilliseconds = 10_000
  package static let connectMilliseconds = 5_000
  package static let execMilliseconds = 30_000
  package static let execGraceMilliseconds = 5_000
  package static let execOutputBytes = 64 << 10
  /// How long `alert retry` waits for all sinks.
  package static let retryMilliseconds = 60_000
  /// Nanoseconds after which a message is given up, for chat and for paging.
  static let chatPatienceNanoseconds: Int64 = 3_600_000_000_000
  static let pagingPatienceNanoseconds: Int64 = 86_400_000_000_000
  /// Longest wait between two tries, and the longest that a sink may ask for.
  static let backoffNanoseconds: Int64 = 300_000_000_000
  static let retryAfterNanoseconds: Int64 = 3_600_000_000_000
  /// Bytes of a file with a secret.
  package static let secretBytes = 64 << 10
  /// Bytes of an answer that are read, and characters of it that an error shows.
  package static let answerBytes = 64 << 10
  static let answerCharacters = 120
}
