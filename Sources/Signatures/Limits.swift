/// Every bound of this target in one place. Reaching one is counted and shown, never silent.
package enum Limits {
  /// Bytes of a message that are looked at; what follows does not tell signatures apart.
  package static let messageBytes = 1_024
  /// Words of a message that are compared; one bit of a mask each.
  package static let wordsPerMessage = 64
  /// Signatures that are known at a time, `other` included.
  package static let signatures = 8_192
  /// Of so many signatures one makes room at a time when all are taken.
  static let evictionShare = 8
  /// Signatures of equal punctuation and pinned key that a new message is compared with.
  static let signaturesPerBucket = 256
  /// Of them, those that a new message may be joined with.
  static let candidates = 96
  /// Sets of differing words that are tried for one new message.
  static let differences = 12
  /// Masked messages that are known by their hash alone; a power of two.
  static let knownMessages = 65_536
  /// Records whose like is known by a hash alone; a power of two.
  static let knownRecords = 16_384
  /// Bytes of a pinned key that are kept to be shown; its hash covers all of them.
  package static let pinnedBytes = 512
  /// Bytes of a quoted text that counts as one word.
  static let quotedBytes = 64
  /// Values of a JSON object that make up its message.
  static let messageFields = 4
  /// Bytes of a record's text that are searched for what is pinned, from each of its ends.
  package static let pinnedSearchBytes = 64 << 10
  /// Errors of a group (`ExceptionGroup`) that are pinned.
  package static let groupedErrors = 4
}
