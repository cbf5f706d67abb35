import Judgement
import Records
import Testing
import Windows

@Suite("Every kind of signal")
struct SignalKindTests {
  static func scene(seed: Int, windows: Int = 180, _ change: (inout Scene.Traffic) -> Void) -> Scene
  {
    var scene = Scene(seed: UInt64(seed))
    scene.fill(-360..<0, Scene.Traffic())
    var after = Scene.Traffic()
    change(&after)
    scene.fill(0..<windows, after)
    return scene
  }

  @Test("a release that changes nothing is healthy in all of them", arguments: 1...4)
  func quiet(seed: Int) {
    let (verdict, alerts) = Self.scene(seed: seed) { _ in }.judged(upTo: 180)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
    #expect(verdict.signals.map(\.signal).sorted().contains("http.latency"))
  }

  @Test("answers that take half as long again are a regression of latency", arguments: 1...3)
  func latency(seed: Int) throws {
    let (verdict, alerts) = Self.scene(seed: seed, windows: 60) { $0.latency *= 1.5 }
      .judged(upTo: 60)
    let alert = try #require(alerts.first)
    #expect(alert.signal == "http.latency" && alert.kind == "latency")
    #expect((alert.slowerThanSeconds ?? 0) > 0.04)
    #expect((alert.ratio?.low ?? 0) > 1)
    #expect(verdict.signals.first?.signal == "http.latency")
    #expect(verdict.outcome == .regressed)
  }

  @Test("answers that become quicker are an improvement")
  func quicker() throws {
    let verdict = Self.scene(seed: 5) { $0.latency /= 2 }.judged(upTo: 180).verdict
    let latency = try #require(verdict.signals.first { $0.signal == "http.latency" })
    #expect(latency.state == .improved)
  }

  @Test(
    "a share that falls is shown as itself, and explains what follows from it", arguments: 1...3)
  func shares(seed: Int) throws {
    let scene = Self.scene(seed: seed, windows: 60) {
      $0.hits = 0.4
      $0.calls = 3
    }
    let (verdict, _) = scene.judged(upTo: 60)
    let cache = try #require(verdict.signals.first)
    #expect(cache.signal == "cache.hits" && cache.kind == "proportion" && cache.state == .regressed)
    #expect(abs((cache.baseline.rate ?? 0) - 0.6) < 0.02)
    #expect(abs((cache.candidate.rate ?? 0) - 0.4) < 0.03)
    let ratio = try #require(cache.ratio)
    #expect(ratio.low < 0.66 && (ratio.high ?? 2) > 0.66 && (ratio.high ?? 2) < 0.8)
    let calls = try #require(verdict.signals.first { $0.signal == "db.calls" })
    #expect(calls.state == .regressed && calls.explainedBy == "cache.hits")
  }

  @Test("sums alarm by their size, whatever their unit")
  func sums() throws {
    let (verdict, alerts) = Self.scene(seed: 8, windows: 60) { $0.calls *= 3 }.judged(upTo: 60)
    #expect(alerts.map(\.signal) == ["db.calls"])
    let calls = try #require(verdict.signals.first { $0.signal == "db.calls" })
    #expect(abs((calls.candidate.rate ?? 0) - 6) < 0.5)
    #expect(calls.unit == .units)
  }

  @Test("latency that comes back is resolved")
  func recovery() {
    var scene = Self.scene(seed: 9, windows: 30) { $0.latency *= 4 }
    var back = Scene.Traffic()
    back.requests = 150
    scene.fill(30..<360, back)
    let (verdict, alerts) = scene.judged(upTo: 360)
    let states = alerts.filter { $0.signal == "http.latency" }.map(\.state)
    #expect(states == [.firing, .resolved])
    #expect(verdict.outcome != .regressed)
  }

  @Test("what begins later is shown from where it begins")
  func since() throws {
    var scene = Scene(seed: 10)
    scene.fill(-720..<0, requests: 80, share: 0.02)
    scene.fill(0..<240, requests: 80, share: 0.01)
    scene.fill(240..<270, requests: 80, share: 0.08)
    let alert = try #require(
      scene.judged(upTo: 270).alerts.first { $0.state == .firing && $0.signal == "http.5xx" })
    let since = try #require(alert.since)
    #expect(abs(since.nanoseconds(since: scene.timeline.plan.start(of: 240))) <= 120_000_000_000)
    #expect((alert.ratio?.estimate ?? 0) > 2)
    #expect((alert.ratio?.low ?? 0) < 4)
  }

  @Test("a required signal whose values are no longer logged is blind, and says what to do")
  func latencyLost() throws {
    let scene = Self.scene(seed: 11) { $0.statesLatency = false }
    let verdict = scene.judged(upTo: 180).verdict
    #expect(verdict.outcome == .blind)
    let latency = try #require(verdict.signals.first { $0.signal == "http.latency" })
    #expect(latency.state == .blind && latency.reason.contains("put the duration back"))
    #expect(verdict.blindness.contains { $0.hasPrefix("http.latency: ") })
  }

  @Test("where loggers dropped lines after the release nothing is called healthy")
  func droppedLines() {
    var scene = Self.scene(seed: 12) { _ in }
    scene.add(to: 20, rules: ["dropped"])
    let verdict = scene.judged(upTo: 180).verdict
    #expect(verdict.outcome == .undecided)
    #expect(!verdict.signals.contains { !$0.isLowerBound })
    #expect(verdict.cautions.contains { $0.contains("lower bound") })
    scene.add(to: -20, rules: ["dropped"])
    #expect(scene.judged(upTo: 180).verdict.outcome == .healthy)
  }

  @Test("an undecided signal says how long it would take")
  func needs() {
    let verdict = Self.scene(seed: 13, windows: 8) { _ in }.judged(upTo: 8).verdict
    #expect(verdict.outcome == .undecided)
    for signal in verdict.signals where signal.state == .undecided && !signal.isAdvisory {
      #expect((signal.needs?.seconds ?? 0) > 0, "\(signal.signal): \(signal.reason)")
    }
  }
}
