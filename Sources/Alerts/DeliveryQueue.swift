/// The messages that wait for one sink: which is tried next, and what follows from a try.
///
/// A value without clock or chance: both are handed in. Messages of a key leave in their order, one at a
/// time; those of other keys do not wait for them.
package struct DeliveryQueue: Sendable {
  private let patience: Int64
  private let isOnce: Bool
  /// Those that have neither arrived nor been given up, in their order.
  package private(set) var waiting: [Delivery] = []
  /// The number of the delivery that is being tried.
  private(set) var trying: Int64?

  package init(_ spec: SinkSpec) {
    patience = spec.patience
    isOnce = spec.isOnce
  }

  package var isEmpty: Bool { waiting.isEmpty }
  package var waitingCount: Int { waiting.count }

  /// Takes a delivery, and says which older ones it makes pointless: messages of the same key and
  /// state that were not sent yet. A resolve never takes the place of its trigger.
  package mutating func add(_ delivery: Delivery) -> [Delivery] {
    let last = waiting.last { $0.notice.key == delivery.notice.key }
    var superseded: [Delivery] = []
    if var old = last, old.number != trying, old.notice.state == delivery.notice.state,
      old.notice.revision < delivery.notice.revision
    {
      waiting.removeAll { $0.number == old.number }
      old.state = .superseded
      superseded.append(old)
    }
    waiting.append(delivery)
    waiting.sort { $0.number < $1.number }
    return superseded
  }

  /// What is tried now; nil while another is tried or none is due.
  package mutating func next(now: Int64) -> Delivery? {
    guard trying == nil else { return nil }
    guard let due = heads.first(where: { $0.nextTry <= now }) else { return nil }
    trying = due.number
    return due
  }

  /// When to look again; nil if nothing waits.
  package var wake: Int64? { trying == nil ? heads.map(\.nextTry).min() : nil }

  /// The oldest message of each key.
  private var heads: [Delivery] {
    var keys: Set<String> = []
    return waiting.filter { keys.insert($0.notice.key).inserted }
  }

  /// Takes what came of the try of a delivery, and says how it is now. `chance` is drawn from all
  /// 64-bit numbers.
  package mutating func finish(
    _ number: Int64, _ result: TryResult, now: Int64, chance: UInt64
  ) -> Delivery? {
    guard trying == number, let index = waiting.firstIndex(where: { $0.number == number }) else {
      return nil
    }
    trying = nil
    waiting[index].tries += 1
    switch result {
    case .delivered:
      waiting[index].state = .delivered
      waiting[index].reason = nil
    case .refused(let reason):
      waiting[index].state = .dead
      waiting[index].reason = reason
    case .failed(let reason, let retryAfter):
      waiting[index].reason = reason
      let wait =
        retryAfter ?? Self.backoff(tries: waiting[index].tries, chance: chance)
      waiting[index].nextTry = now + wait
      if isOnce || waiting[index].nextTry - waiting[index].written > patience {
        waiting[index].state = .dead
      }
    }
    let delivery = waiting[index]
    if delivery.state != .waiting { waiting.remove(at: index) }
    return delivery
  }

  /// Full jitter: anything between nothing and a bound that doubles with each try.
  static func backoff(tries: Int, chance: UInt64) -> Int64 {
    let bound = min(Limits.backoffNanoseconds, 1_000_000_000 << Int64(min(tries, 20)))
    return Int64(chance % UInt64(bound + 1))
  }
}
