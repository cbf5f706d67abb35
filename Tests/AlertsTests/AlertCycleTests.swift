import Testing

@testable import Alerts

@Suite("Life of alerts")
struct AlertCycleTests {
  private static let second: Int64 = 1_000_000_000
  private var cycle = AlertCycle(facts: Notices.facts)

  private func change(
    _ signal: String, _ state: SignalChange.State = .firing, at: Int64 = 0,
    explains: [String] = [], severity: AlertSeverity = .error
  ) -> SignalChange {
    var change = SignalChange(
      state: state, signal: signal, kind: "ratio", severity: severity, at: at)
    change.explains = explains
    return change
  }

  private mutating func send(_ changes: [SignalChange], at now: Int64) -> [Notice] {
    for change in changes { _ = cycle.on(.changed(change), now: now) }
    return cycle.on(.tick, now: now)
  }

  @Test("1,000 signals that regress at once are a few messages and a digest")
  mutating func burst() {
    let notices = send((0..<1_000).map { change("s\($0)") }, at: 0)
    #expect(notices.count == Limits.storiesPerBurst + 1)
    #expect(notices.last?.isDigest == true)
    #expect(notices.last?.others.count == 1_000 - Limits.storiesPerBurst)
    #expect(cycle.on(.tick, now: 100 * Self.second).isEmpty)
    let resolved = send(
      (0..<1_000).map { change("s\($0)", .resolved) }, at: 200 * Self.second)
    #expect(resolved.isEmpty)
    let last = cycle.on(.tick, now: 600 * Self.second)
    #expect(last.count == Limits.storiesPerBurst + 1)
    #expect(last.allSatisfy { $0.state == .resolved })
  }

  @Test("1,000 signals with one cause are one message, named after the cause")
  mutating func cause() {
    let effects = (0..<999).map { change("s\($0)") }
    let cause = change("cache.hits", explains: effects.map(\.signal))
    let notices = send(effects + [cause], at: 0)
    #expect(notices.count == 1)
    #expect(notices.first?.signal == "cache.hits")
    #expect(notices.first?.others.count == 999)
  }

  @Test("a general signal joins the story of the specific one that it is part of")
  mutating func part() {
    var general = change("errors", severity: .critical)
    general.partOf = "http.5xx on /orders"
    let notices = send([general, change("http.5xx on /orders")], at: 0)
    #expect(notices.map(\.signal) == ["http.5xx on /orders"])
    #expect(notices.map(\.others) == [["errors"]])
  }

  @Test("an incident that flutters for an hour is one trigger and one resolve")
  mutating func flutter() {
    var notices: [Notice] = []
    for minute in Int64(0)..<60 {
      let state = minute % 2 == 0 ? SignalChange.State.firing : .resolved
      notices += send([change("http.5xx", state, at: minute)], at: minute * 60 * Self.second)
    }
    notices += cycle.on(.tick, now: 4_000 * Self.second)
    #expect(notices.map(\.state) == [.firing, .resolved])
    #expect(Set(notices.map(\.key)).count == 1)
    #expect(notices.map(\.revision) == [1, 2])
  }

  @Test("a silenced signal is not told, and is when the silence ends while it fires")
  mutating func silence() {
    _ = cycle.on(.silenced(signal: "a", until: 50 * Self.second), now: 0)
    #expect(send([change("a"), change("b")], at: 0).map(\.signal) == ["b"])
    #expect(cycle.silencedSignals == ["a"])
    #expect(cycle.on(.tick, now: 60 * Self.second).map(\.signal) == ["a"])
  }

  @Test("what is noted calls nobody, and a resolve without a trigger says nothing")
  mutating func quiet() {
    #expect(send([change("a", .noted), change("b", .resolved)], at: 0).isEmpty)
  }

  @Test("at the end what is over is resolved at once, and what fires is not")
  mutating func end() {
    _ = send([change("a"), change("b")], at: 0)
    _ = cycle.on(.changed(change("a", .resolved)), now: 1)
    let last = cycle.on(.ended, now: 2)
    #expect(last.map(\.signal) == ["a"] && last.map(\.state) == [.resolved])
  }

  @Test("the worst of a burst are those with messages of their own")
  mutating func worst() {
    let many = (0..<20).map { change("s\($0)", severity: .warning) }
    let notices = send(many + [change("worst", severity: .critical)], at: 0)
    #expect(notices.first?.signal == "worst")
  }

  @Test(
    "in random histories each key alternates, revisions rise, and nothing that fires is forgotten")
  func histories() {
    for seed in UInt64(1)...400 {
      var random = Seeded(state: seed)
      var cycle = AlertCycle(facts: Notices.facts)
      var now: Int64 = 0
      var firing: Set<String> = []
      var open: [String: Notice] = [:]
      var revisions: [String: Int] = [:]
      func take(_ notices: [Notice], isEnd: Bool = false) {
        for notice in notices {
          #expect(notice.revision == revisions[notice.key, default: 0] + 1)
          revisions[notice.key] = notice.revision
          switch notice.state {
          case .firing:
            #expect(open[notice.key] == nil || notice.isDigest, "a second trigger, seed \(seed)")
            open[notice.key] = notice
          case .resolved:
            #expect(open[notice.key] != nil, "a resolve before its trigger, seed \(seed)")
            if !notice.isDigest { #expect(!firing.contains(notice.story)) }
            open[notice.key] = nil
          case .test: Issue.record("no test was asked for")
          }
        }
      }
      for _ in 0..<200 {
        now += Int64(random.next(120)) * Self.second
        let name = "s\(random.next(12))"
        switch random.next(10) {
        case 0..<4:
          firing.insert(name)
          var change = change(name, at: now)
          if random.next(4) == 0 { change.explains = ["s\(random.next(12))"] }
          _ = cycle.on(.changed(change), now: now)
        case 4..<7:
          if firing.remove(name) != nil {
            _ = cycle.on(.changed(change(name, .resolved, at: now)), now: now)
          }
        case 7:
          let until = now + Int64(random.next(300)) * Self.second
          _ = cycle.on(.silenced(signal: name, until: until), now: now)
        default: break
        }
        take(cycle.on(.tick, now: now))
      }
      now += 2_000 * Self.second
      take(cycle.on(.tick, now: now))
      take(cycle.on(.ended, now: now))
      let told = Set(cycle.stories.filter { $0.phase != .untold }.flatMap(\.members))
      #expect(firing.isSubset(of: told), "seed \(seed)")
      #expect(open.isEmpty == firing.isEmpty, "seed \(seed)")
    }
  }
}

/// Numbers that are the same for the same seed.
struct Seeded {
  var state: UInt64

  mutating func bits() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var word = state
    word ^= word >> 33
    word = word &* 0xFF51_AFD7_ED55_8CCD
    return word ^ (word >> 29)
  }

  mutating func next(_ bound: Int) -> Int { Int(bits() % UInt64(bound)) }
}
