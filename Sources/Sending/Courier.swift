package import Alerts
import Foundation
import Synchronization

/// What a courier takes from the outside, so that tests can hand in their own.
package struct CourierSurroundings: Sendable {
  /// Nanoseconds since 1970.
  package var now: @Sendable () -> Int64
  /// Carries out an effect, and waits for it.
  package var perform: @Sendable (SinkEffect, Int64) -> TryResult
  package var reveal: @Sendable (SinkSpec.Secret) throws(SinkProblem) -> String
  package var warn: @Sendable (String) -> Void
  package var chance: @Sendable () -> UInt64
  package var host: String

  package init(
    now: @escaping @Sendable () -> Int64,
    perform: @escaping @Sendable (SinkEffect, Int64) -> TryResult,
    reveal: @escaping @Sendable (SinkSpec.Secret) throws(SinkProblem) -> String,
    warn: @escaping @Sendable (String) -> Void,
    chance: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0 ... .max) }, host: String
  ) {
    self.now = now
    self.perform = perform
    self.reveal = reveal
    self.warn = warn
    self.chance = chance
    self.host = host
  }
}

/// Brings messages to all sinks, beside whatever else the program does.
///
/// `send` returns when the messages are in the outbox; a thread for each sink does the rest.
package final class Courier: Sendable {
  private let workers: [SinkWorker]
  private let outbox: any Outbox
  private let surroundings: CourierSurroundings
  /// The revisions that earlier runs gave to a key: ours go on from there.
  private let bases = Mutex<[String: Int]>([:])
  /// Messages that could not be written have numbers below nought.
  private let unwritten = Mutex<Int64>(0)

  package init(_ sinks: [SinkSpec], _ outbox: any Outbox, _ surroundings: CourierSurroundings) {
    self.outbox = outbox
    self.surroundings = surroundings
    workers = sinks.map { SinkWorker($0, outbox, surroundings) }
    for worker in workers { worker.start() }
  }

  /// Goes on with what an earlier run left for these sinks.
  package func adopt(_ deliveries: [Delivery]) {
    for delivery in deliveries {
      workers.first { $0.spec.text == delivery.sink }?.add(delivery)
    }
  }

  /// Writes the messages for every sink and has them sent.
  package func send(_ notices: [Notice]) {
    for notice in notices {
      var numbered = notice
      numbered.revision += base(of: notice.key)
      for worker in workers {
        let now = surroundings.now()
        do {
          worker.add(try outbox.add(numbered, sink: worker.spec.text, now: now))
        } catch {
          surroundings.warn(
            "\(error); alert \(numbered.id) for \(worker.spec.text) is sent, but would be lost if the "
              + "program ended now")
          let number = unwritten.withLock { count -> Int64 in
            count -= 1
            return count
          }
          worker.add(
            Delivery(number: number, sink: worker.spec.text, notice: numbered, written: now))
        }
      }
    }
  }

  private func base(of key: String) -> Int {
    bases.withLock { bases in
      if let known = bases[key] { return known }
      let base = (try? outbox.lastRevision(ofKey: key)) ?? 0
      bases[key] = base
      return base
    }
  }

  /// Waits until everything has been tried, `milliseconds` at most. What has not arrived then stays in
  /// the outbox; says how many.
  package func finish(within milliseconds: Int) -> Int {
    let end = surroundings.now() + Int64(milliseconds) * 1_000_000
    for worker in workers { worker.end(by: end) }
    // A try that is going on may take its own time beside ours.
    let patience = Date(timeIntervalSinceNow: Double(milliseconds) / 1_000 + 1)
    for worker in workers { _ = worker.wait(until: patience) }
    return workers.map { $0.state.withLock { $0.queue.waitingCount } }.reduce(0, +)
  }

  /// For metrics: by sink, how many messages wait and how many bytes they have in the outbox.
  package var waiting: [(sink: String, messages: Int, bytes: Int)] {
    let encoder = JSONEncoder()
    return workers.map { worker in
      let notices = worker.state.withLock { $0.queue.waiting.map(\.notice) }
      let bytes = notices.reduce(0) { $0 + ((try? encoder.encode($1))?.count ?? 0) }
      return (worker.spec.kind.rawValue, notices.count, bytes)
    }
  }

  /// For metrics: by sink and result, how many deliveries there were.
  package var counts: [(sink: String, result: String, count: Int)] {
    workers.flatMap { worker in
      worker.state.withLock { $0.counts }.sorted { $0.key < $1.key }
        .map { (worker.spec.kind.rawValue, $0.key, $0.value) }
    }
  }
}
