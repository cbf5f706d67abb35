import Foundation
import Synchronization
import Testing

@testable import Alerts
@testable import Sending

@Suite("Bringing messages to sinks")
struct CourierTests {
  private static func notice(_ revision: Int, _ state: Notice.State = .firing, key: String = "tm1")
    -> Notice
  {
    Notice(
      key: key, revision: revision, state: state, isDigest: false, severity: .error,
      facts: ReleaseFacts(release: "v1"), story: "errors", urgency: .error, signal: "errors",
      kind: "rate", others: [], started: 0, at: 0, evidence: Evidence())
  }

  /// What was done, in order, as the first line of what a sink would see.
  private final class Log: Sendable {
    let effects = Mutex<[SinkEffect]>([])
    let warnings = Mutex<[String]>([])
    let clock = Mutex<Int64>(0)
  }

  private func surroundings(
    _ log: Log, _ perform: @escaping @Sendable (SinkEffect, Int) -> TryResult
  ) -> CourierSurroundings {
    CourierSurroundings(
      now: { log.clock.withLock { $0 } },
      perform: { effect, _ in
        let count = log.effects.withLock {
          $0.append(effect)
          return $0.count
        }
        return perform(effect, count)
      },
      reveal: { (_) throws(SinkProblem) in "https://example.org/s3cr3t" },
      warn: { text in log.warnings.withLock { $0.append(text) } }, chance: { 0 }, host: "h")
  }

  @Test("a sink that hangs delays neither the sender nor another sink")
  func hang() throws {
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let outbox = MemoryOutbox()
    let arrived = DispatchSemaphore(value: 0)
    let courier = Courier(
      [try SinkSpec("slack:env:A"), try SinkSpec("file:/tmp/x")], outbox,
      surroundings(log) { effect, _ in
        if case .post = effect { gate.wait() } else { arrived.signal() }
        return .delivered
      })
    for revision in 1...3 { courier.send([Self.notice(revision, key: "tm\(revision)")]) }
    for _ in 1...3 { #expect(arrived.wait(timeout: .now() + 30) == .success) }
    // Ten minutes later by the clock it still hangs; everything is written.
    log.clock.withLock { $0 = 600_000_000_000 }
    #expect(outbox.rows.withLock { $0.count } == 6)
    #expect(courier.finish(within: 0) == 3)
    for _ in 1...3 { gate.signal() }
  }

  @Test("a resolve arrives behind its trigger, each once when nothing fails")
  func order() throws {
    let log = Log()
    let outbox = MemoryOutbox()
    let courier = Courier(
      [try SinkSpec("file:/tmp/x")], outbox, surroundings(log) { _, _ in .delivered })
    courier.send([Self.notice(1), Self.notice(2, .resolved)])
    #expect(courier.finish(within: 30_000) == 0)
    let lines = log.effects.withLock { $0 }.compactMap { effect -> String? in
      if case .append(_, let line) = effect { return line }
      return nil
    }
    #expect(lines.count == 2)
    #expect(lines.first?.contains("verdict.regression") == true)
    #expect(lines.last?.contains("verdict.recovery") == true)
    #expect(outbox.states(of: "file:/tmp/x") == [.delivered, .delivered])
  }

  @Test("a later run goes on with revisions, and with what was left")
  func restart() throws {
    let log = Log()
    let outbox = MemoryOutbox()
    let sink = try SinkSpec("file:/tmp/x")
    _ = try outbox.add(Self.notice(1), sink: sink.text, now: 0)
    let courier = Courier([sink], outbox, surroundings(log) { _, _ in .delivered })
    courier.adopt(outbox.rows.withLock { $0.values.sorted { $0.number < $1.number } })
    courier.send([Self.notice(1, .resolved)])
    #expect(courier.finish(within: 30_000) == 0)
    #expect(outbox.rows.withLock { $0.values.map(\.notice.revision).sorted() } == [1, 2])
    #expect(outbox.states(of: sink.text) == [.delivered, .delivered])
  }

  @Test("what is refused is kept as dead and told, without a secret")
  func dead() throws {
    let log = Log()
    let outbox = MemoryOutbox()
    let courier = Courier(
      [try SinkSpec("slack:env:HOOK")], outbox,
      surroundings(log) { _, _ in .refused(reason: "status 404: no_service") })
    courier.send([Self.notice(1)])
    #expect(courier.finish(within: 30_000) == 0)
    #expect(outbox.states(of: "slack:env:HOOK") == [.dead])
    let warnings = log.warnings.withLock { $0 }
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("slack:env:HOOK: status 404: no_service") == true)
    #expect(warnings.allSatisfy { !$0.contains("s3cr3t") })
  }

  @Test("Alertmanager hears again of what fires, and at the end for hours")
  func repetition() throws {
    let log = Log()
    let done = DispatchSemaphore(value: 0)
    let courier = Courier(
      [try SinkSpec("alertmanager:http://am:9093")], MemoryOutbox(),
      surroundings(log) { _, _ in
        done.signal()
        return .delivered
      })
    courier.send([Self.notice(1)])
    #expect(done.wait(timeout: .now() + 30) == .success)
    // The time of a delivery is noted behind it: the clock moves on once that is done.
    let limit = Date(timeIntervalSinceNow: 30)
    while !courier.counts.contains(where: { $0.count == 1 }), Date() < limit { sched_yield() }
    log.clock.withLock { $0 = 61_000_000_000 }
    courier.send([Self.notice(1, key: "tm2")])
    for _ in 1...2 { #expect(done.wait(timeout: .now() + 30) == .success) }
    #expect(courier.finish(within: 30_000) == 0)
    let bodies = log.effects.withLock { $0 }.compactMap { effect -> String? in
      if case .post(let requests) = effect { return requests.first?.body }
      return nil
    }
    #expect(bodies.count == 5)
    #expect(bodies.filter { $0.contains("\"tidemark_key\":\"tm1\"") }.count == 3)
    #expect(bodies.last?.contains("\"endsAt\":\"1970-01-01T04:01:01Z\"") == true)
  }
}
