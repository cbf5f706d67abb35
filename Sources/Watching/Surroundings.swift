package import Records

/// What a watch takes from the outside, so that tests can hand in their own.
package struct Surroundings: Sendable {
  package var now: @Sendable () -> Timestamp
  /// Data: standard output.
  package var write: @Sendable (String) -> Void
  /// Diagnostics: standard error.
  package var warn: @Sendable (String) -> Void
  /// Whether the user or the system asked to stop.
  package var stopRequest: @Sendable () -> StopRequest?

  package init(
    now: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable (String) -> Void,
    warn: @escaping @Sendable (String) -> Void,
    stopRequest: @escaping @Sendable () -> StopRequest? = { nil }
  ) {
    self.now = now
    self.write = write
    self.warn = warn
    self.stopRequest = stopRequest
  }
}

/// A signal that asks for an early end.
package enum StopRequest: Sendable {
  case interrupt, terminate
}
