import Alerts
import Synchronization

/// An outbox in memory, which remembers everything that it was told.
final class MemoryOutbox: Outbox {
  let rows = Mutex<[Int64: Delivery]>([:])

  func add(_ notice: Notice, sink: String, now: Int64) throws -> Delivery {
    rows.withLock { rows in
      let delivery = Delivery(
        number: Int64(rows.count + 1), sink: sink, notice: notice, written: now)
      rows[delivery.number] = delivery
      return delivery
    }
  }

  func update(_ deliveries: [Delivery]) throws {
    rows.withLock { rows in
      for delivery in deliveries { rows[delivery.number] = delivery }
    }
  }

  func lastRevision(ofKey key: String) throws -> Int {
    rows.withLock { $0.values.filter { $0.notice.key == key }.map(\.notice.revision).max() ?? 0 }
  }

  func states(of sink: String) -> [Delivery.State] {
    rows.withLock { rows in
      rows.values.filter { $0.sink == sink }.sorted { $0.number < $1.number }.map(\.state)
    }
  }
}
