import Alerts
import Foundation
import Synchronization

/// The thread that tries the messages of one sink, one after the other. It waits for nobody else, and
/// nobody waits for it.
final class SinkWorker: Sendable {
  struct State: Sendable {
    var queue: DeliveryQueue
    var repetition: Repetition
    var isEnding = false
    /// When the clock must have passed this, the end waits no longer.
    var endBy: Int64 = .max
    var isDone = false
    var counts: [String: Int] = [:]
  }

  let spec: SinkSpec
  private let surroundings: CourierSurroundings
  private let outbox: any Outbox
  let state: Mutex<State>
  private let condition = NSCondition()

  init(_ spec: SinkSpec, _ outbox: any Outbox, _ surroundings: CourierSurroundings) {
    self.spec = spec
    self.outbox = outbox
    self.surroundings = surroundings
    state = Mutex(
      State(
        queue: DeliveryQueue(spec),
        repetition: Repetition(isWanted: spec.kind == .alertmanager)))
  }

  func start() {
    let thread = Thread { [self] in work() }
    thread.name = "sink"
    thread.start()
  }

  func add(_ delivery: Delivery) {
    let superseded = state.withLock { $0.queue.add(delivery) }
    write(superseded)
    wake()
  }

  /// Ends when nothing waits any more, or at `time`.
  func end(by time: Int64) {
    state.withLock {
      $0.isEnding = true
      $0.endBy = time
    }
    wake()
  }

  /// Whether it has ended, waited for until `time` by the machine's clock.
  func wait(until time: Date) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while !state.withLock({ $0.isDone }) {
      if !condition.wait(until: time) { return state.withLock { $0.isDone } }
    }
    return true
  }

  private func wake() {
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  private func work() {
    while step() {}
    state.withLock { $0.isDone = true }
    wake()
  }

  /// Tries what is due, or waits; false when it is over.
  private func step() -> Bool {
    let now = surroundings.now()
    if let delivery = state.withLock({ $0.queue.next(now: now) }) {
      let isEnding = state.withLock { $0.isEnding }
      let result = attempt(delivery.notice, isLast: isEnding, now: now)
      finish(delivery, result)
      return true
    }
    if let notice = state.withLock({ $0.repetition.due(now: now) }) {
      _ = attempt(notice, isLast: false, now: now)
      return true
    }
    condition.lock()
    defer { condition.unlock() }
    // Asked again with the lock held, so that no wake-up is missed.
    let (isOver, wake) = state.withLock { state -> (Bool, Int64?) in
      let isOver = state.isEnding && (state.queue.isEmpty || now >= state.endBy)
      let times = [state.queue.wake, state.repetition.wake, state.isEnding ? state.endBy : nil]
      return (isOver, times.compactMap { $0 }.min())
    }
    guard !isOver else {
      sayLast(now)
      return false
    }
    let seconds = wake.map { Double(max(0, $0 - surroundings.now())) / 1e9 } ?? 3_600
    if seconds > 0 { _ = condition.wait(until: Date(timeIntervalSinceNow: min(seconds, 3_600))) }
    return true
  }

  /// What still fires at the end of a watch stays for hours at a sink that forgets.
  private func sayLast(_ now: Int64) {
    for notice in state.withLock({ $0.repetition.all }) {
      _ = attempt(notice, isLast: true, now: now)
    }
  }

  private func attempt(_ notice: Notice, isLast: Bool, now: Int64) -> TryResult {
    do {
      let effect = try spec.effect(
        notice, now: now, isLast: isLast, host: surroundings.host, reveal: surroundings.reveal)
      return surroundings.perform(effect, now)
    } catch {
      return .failed(reason: error.description, retryAfter: nil)
    }
  }

  private func finish(_ delivery: Delivery, _ result: TryResult) {
    let now = surroundings.now()
    let done = state.withLock { state -> Delivery? in
      let done = state.queue.finish(
        delivery.number, result, now: now, chance: surroundings.chance())
      if let done {
        state.counts[done.state == .waiting ? "retried" : done.state.rawValue, default: 0] += 1
        if done.state == .delivered { state.repetition.note(done.notice, now: now) }
      }
      return done
    }
    guard let done else { return }
    write([done])
    switch done.state {
    case .dead:
      surroundings.warn(
        "alert \(done.notice.id) did not reach \(spec.text): \(done.reason ?? "unknown"); "
          + "tidemark alert retry sends it again")
    case .waiting where done.tries == 1:
      surroundings.warn(
        "alert \(done.notice.id) has not reached \(spec.text) yet: \(done.reason ?? "unknown"); "
          + "it is tried again")
    default: break
    }
  }

  private func write(_ deliveries: [Delivery]) {
    guard !deliveries.isEmpty else { return }
    do {
      try outbox.update(deliveries)
    } catch {
      surroundings.warn("\(error); alerts of \(spec.text) may be sent again")
    }
  }
}

/// What an Alertmanager must hear again and again, or it takes it for resolved.
struct Repetition: Sendable {
  let isWanted: Bool
  private var firing: [String: (notice: Notice, next: Int64)] = [:]

  init(isWanted: Bool) {
    self.isWanted = isWanted
  }

  var wake: Int64? { firing.values.map(\.next).min() }
  var all: [Notice] { firing.values.map(\.notice).sorted { $0.key < $1.key } }

  mutating func note(_ notice: Notice, now: Int64) {
    guard isWanted else { return }
    firing[notice.key] =
      notice.state == .firing ? (notice, now + Limits.alertmanagerRepeatNanoseconds) : nil
  }

  mutating func due(now: Int64) -> Notice? {
    guard let (key, entry) = firing.filter({ $0.value.next <= now }).min(by: { $0.key < $1.key })
    else { return nil }
    firing[key] = (entry.notice, now + Limits.alertmanagerRepeatNanoseconds)
    return entry.notice
  }
}
