/// A damaged state file was set aside and a new one begun.
package struct DamageNotice: Hashable, Sendable, CustomStringConvertible {
  /// The state file, as the user named it.
  package let path: String
  /// What was wrong.
  package let reason: String
  /// The name that the damaged file has now.
  package let keptAs: String

  package var description: String {
    """
    \(path): the state file was damaged (\(reason)); it is kept as \(keptAs) and a new one was \
    begun, so every job starts as if it had never run
    """
  }
}
