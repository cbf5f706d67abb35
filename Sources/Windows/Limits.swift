/// Every bound of this target in one place. Reaching one is counted and shown, never silent.
package enum Limits {
  /// Distinct routes that are counted apart; later ones go to `other`.
  static let routesCounted = 2_000
  /// Different segments behind one path before they are taken for names of things.
  static let routeSegments = 64
  /// Of them those stay apart that have so many requests, and one of so many of all behind that path.
  static let routeRequestsKept = 20.0
  static let routeShareKept = 200.0
  /// Windows before the release in which routes are counted one by one: two days of ten seconds.
  static let routeWindows = 17_280
  /// Counts by route that a window keeps; what is beyond them is in the totals only.
  static let routeEntriesPerWindow = 256
  /// Inputs whose lines are counted apart.
  static let inputsTracked = 256
  /// Windows before the release, 23 days of ten seconds.
  package static let windowsBeforeRelease = 200_000
  /// Windows after the release, 115 days of ten seconds.
  package static let windowsAfterRelease = 1_000_000
  /// Lines that may lie far from all others before they count as a log of their own.
  static let strayLines = 2
  /// How far, in nanoseconds: an hour.
  static let strayNanoseconds: Int64 = 3_600_000_000_000
  /// Bytes of a record that a sample keeps.
  static let sampleBytes = 8_192
  /// Bytes that all samples of a watch hold before later ones are cut short.
  static let samplesBytes = 16 << 20
  static let sampleBytesWhenMany = 256
  /// Signatures that a window counts apart.
  static let signaturesPerWindow = 256
  /// Bytes of an error's class that are kept.
  static let classBytes = 256
  /// Rules that are kept with a signature.
  static let rulesPerSignature = 4
  /// Kinds of errors before the release that are known again.
  static let kindsRemembered = 65_536
  /// Bytes that the samples of new signatures hold before later ones are cut short.
  static let signatureSampleBytes = 4 << 20
  /// Physical lines of a record that a sample keeps.
  static let sampleLines = 64
  /// Sampled measures a window keeps.
  static let samplesPerWindow = 128
  /// Windows of one archive.
  static let archivedWindows = 400_000
  /// Longest window of an archive: a day.
  static let archivedWidthNanoseconds: Int64 = 86_400_000_000_000
  /// All of them: ten years.
  static let archivedSpanNanoseconds: Int64 = 3_653 * 86_400_000_000_000
  /// Names in one section of an archive, and bytes of one.
  static let archivedNames = 100_000
  static let archivedNameBytes = 16_384
  /// What one count of an archive may come to; sums of such counts stay far from 64 bits.
  static let archivedCount = 1 << 40
  /// Buckets of one histogram: values from 2^-40 to 2^24 seconds at scale 3.
  static let histogramBuckets = 512
}
