/// One message to one sink, as the outbox keeps it.
package struct Delivery: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    case waiting, delivered
    /// A newer message of the same key took its place before it was sent.
    case superseded
    /// Given up: refused for good, or tried for too long.
    case dead
  }

  /// The outbox's number: messages of a key are sent in its order.
  package var number: Int64
  /// The sink as the user wrote it.
  package var sink: String
  package var notice: Notice
  package var state = State.waiting
  package var tries = 0
  /// When it was written, and when it is tried next, in nanoseconds since 1970.
  package var written: Int64
  package var nextTry: Int64
  /// Why the last try failed.
  package var reason: String?

  package init(number: Int64, sink: String, notice: Notice, written: Int64) {
    self.number = number
    self.sink = sink
    self.notice = notice
    self.written = written
    nextTry = written
  }
}

/// Keeps messages until they have arrived: what it was given is on the disk when a call returns.
package protocol Outbox: AnyObject, Sendable {
  /// Writes a message for a sink before its first try.
  func add(_ notice: Notice, sink: String, now: Int64) throws -> Delivery
  /// Writes what became of deliveries.
  func update(_ deliveries: [Delivery]) throws
  /// The highest revision of a key that was ever written; 0 if there is none.
  func lastRevision(ofKey key: String) throws -> Int
}
