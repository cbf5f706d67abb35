import Testing

@testable import Alerts

@Suite("Queue of a sink")
struct DeliveryQueueTests {
  private static let second: Int64 = 1_000_000_000

  private func delivery(
    _ number: Int64, key: String = "k", _ state: Notice.State = .firing, revision: Int = 1,
    at now: Int64 = 0
  ) -> Delivery {
    var notice = Notices.notice(state, revision: revision)
    notice.key = key
    return Delivery(number: number, sink: "github", notice: notice, written: now)
  }

  private func queue(_ text: String = "slack:env:HOOK") throws -> DeliveryQueue {
    DeliveryQueue(try SinkSpec(text))
  }

  @Test("a key that waits for another try does not hold up others")
  func apart() throws {
    var queue = try queue()
    _ = queue.add(delivery(1, key: "a"))
    _ = queue.add(delivery(2, key: "b"))
    let next = queue.next(now: 0)
    let first = try #require(next)
    #expect(queue.next(now: 0) == nil)
    _ = queue.finish(
      first.number, .failed(reason: "429", retryAfter: 60 * Self.second), now: 0, chance: 9)
    #expect(queue.next(now: 1)?.notice.key == "b")
  }

  @Test("a newer trigger takes an older one's place; a resolve waits behind its trigger")
  func newest() throws {
    var queue = try queue()
    _ = queue.add(delivery(1, revision: 1))
    #expect(queue.add(delivery(2, revision: 2)).map(\.number) == [1])
    #expect(queue.add(delivery(3, .resolved, revision: 3)).isEmpty)
    #expect(queue.next(now: 0)?.number == 2)
    _ = queue.finish(2, .failed(reason: "500", retryAfter: nil), now: 0, chance: 5)
    #expect(queue.next(now: 4)?.number == nil)
    #expect(queue.next(now: 5)?.number == 2)
    _ = queue.finish(2, .delivered, now: 6, chance: 0)
    #expect(queue.next(now: 6)?.number == 3)
  }

  @Test("what a sink asks for is what is waited; else chance decides below a bound that doubles")
  func waits() {
    #expect(TryResult.wait("120", now: 0) == 120 * Self.second)
    #expect(
      TryResult.wait("Sun, 22 Nov 2026 16:01:00 GMT", now: Notices.start) == 60 * Self.second)
    #expect(TryResult.wait("Thu, 01 Jan 1970 00:00:00 GMT", now: Notices.start) == 0)
    #expect(TryResult.wait("999999999", now: 0) == Limits.retryAfterNanoseconds)
    #expect(TryResult.wait("soon", now: 0) == nil)
    for tries in 1..<40 {
      let bound = DeliveryQueue.backoff(tries: tries, chance: .max)
      #expect((0...Limits.backoffNanoseconds).contains(bound))
    }
  }

  @Test("answers are told apart: done, later, never")
  func answers() {
    for (status, word) in [
      (200, "done"), (202, "done"), (204, "done"), (408, "later"), (425, "later"), (429, "later"),
      (500, "later"), (503, "later"), (301, "never"), (400, "never"), (404, "never"),
      (410, "never"),
    ] {
      let result = TryResult(status: status, retryAfter: nil, body: "x\u{1B}[2J", now: 0)
      switch (result, word) {
      case (.delivered, "done"), (.failed, "later"), (.refused, "never"): break
      default: Issue.record("\(status): \(result)")
      }
      if case .failed(let reason, _) = result { #expect(!reason.contains("\u{1B}")) }
    }
  }

  @Test("chat is given up after an hour, paging after a day, and a hook of once after one failure")
  func patience() throws {
    for (text, hours) in [("slack:env:A", 1), ("pagerduty:env:A", 24)] {
      var queue = try queue(text)
      _ = queue.add(delivery(1))
      var now: Int64 = 0
      var last: Delivery?
      while let next = queue.next(now: now) {
        last = queue.finish(
          next.number, .failed(reason: "500", retryAfter: nil), now: now, chance: .max)
        guard last?.state == .waiting else { break }
        now = queue.wake ?? now
      }
      #expect(last?.state == .dead)
      #expect(abs(now - Int64(hours) * 3_600 * Self.second) <= Limits.backoffNanoseconds)
    }
    var once = try queue("exec:/bin/rollback,once=true")
    _ = once.add(delivery(1))
    _ = once.next(now: 0)
    #expect(
      once.finish(1, .failed(reason: "75", retryAfter: nil), now: 0, chance: 0)?.state == .dead)
  }

  @Test("whatever fails, each story's messages arrive in order, the newest of each at least once")
  func histories() throws {
    for seed in UInt64(1)...300 {
      var random = Seeded(state: seed)
      var queue = try queue()
      var now: Int64 = 0
      var number: Int64 = 0
      var stored: [Int64: Delivery] = [:]
      var revisions: [String: Int] = [:]
      var arrived: [String: [Notice]] = [:]
      var lastOf: [String: Notice] = [:]
      func settle(_ delivery: Delivery) {
        stored[delivery.number] = delivery.state == .waiting ? delivery : nil
      }
      for step in 0..<400 {
        now += Int64(random.next(20)) * Self.second
        if step < 200, random.next(3) == 0 {
          number += 1
          let key = "k\(random.next(4))"
          let state: Notice.State = lastOf[key]?.state == .firing ? .resolved : .firing
          revisions[key, default: 0] += 1
          let new = delivery(number, key: key, state, revision: revisions[key] ?? 0, at: now)
          lastOf[key] = new.notice
          stored[number] = new
          queue.add(new).forEach(settle)
        }
        if random.next(15) == 0 {
          // Killed between two steps: what was written is all that the next run knows.
          queue = try self.queue()
          for delivery in stored.values.sorted(by: { $0.number < $1.number }) {
            queue.add(delivery).forEach(settle)
          }
        }
        guard let next = queue.next(now: now) else { continue }
        let works = step > 200 || random.next(3) > 0
        if works { arrived[next.notice.key, default: []].append(next.notice) }
        // Killed after it arrived and before that was written: it arrives again.
        if random.next(10) == 0, step < 200 {
          queue = try self.queue()
          for delivery in stored.values.sorted(by: { $0.number < $1.number }) {
            queue.add(delivery).forEach(settle)
          }
          continue
        }
        let result = works ? TryResult.delivered : .failed(reason: "reset", retryAfter: nil)
        if let done = queue.finish(next.number, result, now: now, chance: random.bits()) {
          settle(done)
        }
      }
      for (key, notice) in lastOf {
        let list = arrived[key] ?? []
        #expect(list.last == notice, "seed \(seed)")
        #expect(list.map(\.revision) == list.map(\.revision).sorted(), "seed \(seed)")
        #expect(list.first?.state == .firing, "seed \(seed)")
      }
    }
  }
}
