package import Alerts
import Synchronization

/// An outbox for messages that need not outlive the process, or cannot.
package final class MemoryOutbox: Outbox {
  private let last = Mutex<Int64>(0)

  package init() {}

  package func add(_ notice: Notice, sink: String, now: Int64) throws -> Delivery {
    let number = last.withLock {
      $0 += 1
      return $0
    }
    return Delivery(number: number, sink: sink, notice: notice, written: now)
  }

  package func update(_ deliveries: [Delivery]) throws {}

  package func lastRevision(ofKey key: String) throws -> Int { 0 }
}
