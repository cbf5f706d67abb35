package import Alerts
import Foundation
package import Store

/// The outbox in the state file. It belongs to one run, which holds a lock: what a run that is gone has
/// left is taken over by the next.
package final class StoredOutbox: Outbox {
  private let state: StateFile
  private let run: String
  private let lock: JobLock?

  /// `run` is a name that no other run has. Throws `StateError`.
  package init(_ state: StateFile, run: String) throws(StateError) {
    self.state = state
    self.run = run
    switch try JobLock.attempt(job: Self.lockName(run), state: state.path) {
    case .acquired(let lock): self.lock = lock
    case .held: lock = nil
    }
  }

  private static func lockName(_ run: String) -> String { "alerts of " + run }

  package func add(_ notice: Notice, sink: String, now: Int64) throws -> Delivery {
    var delivery = Delivery(number: 0, sink: sink, notice: notice, written: now)
    delivery.number = try state.addToOutbox(row(delivery))
    return delivery
  }

  package func update(_ deliveries: [Delivery]) throws {
    // What could not be written has no row.
    try state.updateOutbox(deliveries.filter { $0.number > 0 }.map(row))
  }

  package func lastRevision(ofKey key: String) throws -> Int {
    try state.lastRevision(ofKey: key)
  }

  /// Everything in the outbox, in order, with the numbers of messages that cannot be read.
  package func all() throws(StateError) -> (deliveries: [Delivery], unreadable: [Int64]) {
    try Self.all(state)
  }

  /// The same of a state file that this process only looks at.
  package static func all(
    _ state: StateFile
  ) throws(StateError) -> (deliveries: [Delivery], unreadable: [Int64]) {
    var deliveries: [Delivery] = []
    var unreadable: [Int64] = []
    for row in try state.outbox() {
      if let delivery = Delivery(row) {
        deliveries.append(delivery)
      } else {
        unreadable.append(row.number)
      }
    }
    return (deliveries, unreadable)
  }

  /// Takes over what waits for one of `sinks` and whose run is gone.
  package func adopt(sinks: Set<String>) throws -> [Delivery] {
    let waiting = try state.outbox().filter { row in
      row.state == Delivery.State.waiting.rawValue && sinks.contains(row.sink)
    }
    var gone: [String: Bool] = [:]
    var adopted: [Delivery] = []
    for row in waiting {
      if gone[row.run] == nil { gone[row.run] = row.run != run && isGone(row.run) }
      guard gone[row.run] == true, let delivery = Delivery(row) else { continue }
      adopted.append(delivery)
    }
    try update(adopted)
    return adopted
  }

  private func isGone(_ other: String) -> Bool {
    guard
      case .acquired = try? JobLock.attempt(job: Self.lockName(other), state: state.path)
    else { return false }
    return true
  }

  private func row(_ delivery: Delivery) throws -> OutboxRow {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return OutboxRow(
      number: delivery.number, sink: delivery.sink, key: delivery.notice.key,
      revision: delivery.notice.revision, state: delivery.state.rawValue, tries: delivery.tries,
      written: delivery.written, nextTry: delivery.nextTry, reason: delivery.reason, run: run,
      notice: String(decoding: try encoder.encode(delivery.notice), as: UTF8.self))
  }
}

extension Delivery {
  /// Nil if the row was written by a version that this one does not understand.
  init?(_ row: OutboxRow) {
    guard let state = State(rawValue: row.state),
      let notice = try? JSONDecoder().decode(Notice.self, from: Data(row.notice.utf8))
    else { return nil }
    self.init(number: row.number, sink: row.sink, notice: notice, written: row.written)
    self.state = state
    tries = row.tries
    nextTry = row.nextTry
    reason = row.reason
  }
}
