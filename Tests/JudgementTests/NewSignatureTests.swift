import Judgement
import Records
import Rules
import Testing
import Windows

extension Scene {
  /// Adds error records with a text of their own, at `second` of the window.
  mutating func fail(_ window: Int, _ text: String, second: Int64 = 2) {
    var observation = Observation()
    observation.isError = true
    observation.rules = [Self.rules.index(ofRule: "error.record")!]
    let signal = Self.rules.signals[Self.rules.index(ofSignal: "errors")!]
    observation.hits.append(Observation.Hit(measure: signal.count!, amount: 1))
    var record = Record()
    record.time = timeline.plan.start(of: window).advanced(byNanoseconds: second * 1_000_000_000)
    record.timeSource = .line
    record.severity = .error
    let bytes = Array(text.utf8)
    record.message = 0..<bytes.count
    timeline.add(observation, of: record, text: bytes.span)
  }

  /// Fills windows with requests, of which a share fails, by their counts alone.
  mutating func count(_ windows: Range<Int>, requests: Int, share: Double) {
    func measure(_ id: String) -> MeasureID {
      Self.rules.signals[Self.rules.index(ofSignal: id)!].count!
    }
    for index in windows {
      let failures = Double(binomial(requests, share))
      var window = Window()
      window.lines = requests
      window.records = requests
      window.measures[Self.rules.requestMeasure!] = Double(requests)
      window.measures[measure("http.5xx")] = failures
      window.measures[measure("http.requests")] = Double(requests)
      window.measures[measure("errors")] = failures
      timeline.merge(window, at: index)
    }
  }

  /// Fills windows with failures of one text in a share of the requests, numbers in it drawn anew.
  mutating func fail(_ windows: Range<Int>, requests: Int, share: Double, _ text: (Int) -> String) {
    for window in windows {
      for _ in 0..<binomial(requests, share) { fail(window, text(Int(uniform() * 100_000))) }
    }
  }

  static func traceback(_ error: String, function: String = "total", line: Int) -> String {
    """
    Exception in ASGI application
    Traceback (most recent call last):
      File "/usr/lib/python3/site-packages/starlette/routing.py", line 75, in app
      File "/srv/shop/cart.py", line \(line), in \(function)
    \(error)
    """
  }
}

@Suite("New signatures")
struct NewSignatureTests {
  /// Six hours of requests with 1 % of one error before the release, then an hour.
  private func scene(
    seed: UInt64, after: (inout Scene, Range<Int>) -> Void
  ) -> (verdict: Verdict, alerts: [Alert]) {
    var scene = Scene(seed: seed, lengthSeconds: 3_600)
    scene.count(-2_160..<360, requests: 50, share: 0.01)
    scene.fail(-2_160..<0, requests: 50, share: 0.01) {
      Scene.traceback("ValueError: bad page '\($0)'", function: "parse", line: $0 % 300)
    }
    after(&scene, 0..<360)
    return scene.judged(upTo: 360)
  }

  private func old(_ scene: inout Scene, _ windows: Range<Int>) {
    scene.fail(windows, requests: 50, share: 0.01) {
      Scene.traceback("ValueError: bad page '\($0)'", function: "parse", line: $0 % 300)
    }
  }

  @Test(
    "an exception that was known in other lines, addresses and values is not new", arguments: 1...2)
  func known(seed: Int) {
    let (verdict, alerts) = scene(seed: UInt64(seed)) { old(&$0, $1) }
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
  }

  @Test(
    "a new exception in one of 500 requests is noted at once, then a regression", arguments: 1...3)
  func rare(seed: Int) throws {
    let (verdict, alerts) = scene(seed: UInt64(seed)) { scene, windows in
      old(&scene, windows)
      scene.fail(windows, requests: 50, share: 0.002) {
        Scene.traceback("KeyError: 'discount'", line: $0 % 300)
      }
    }
    let noted = try #require(alerts.first)
    #expect(noted.state == .noted)
    #expect(noted.signature?.contains("KeyError") == true)
    #expect(
      noted.sample.map { String(decoding: $0.text, as: UTF8.self) }?.contains("KeyError") == true)
    let fired = try #require(alerts.first { $0.state == .firing && $0.signature != nil })
    #expect(fired.at <= Scene.release.advanced(byNanoseconds: 1_800_000_000_000))
    #expect(fired.signal == noted.signal)
    #expect(verdict.outcome == .regressed)
    #expect(verdict.signals.first?.signature?.contains("KeyError") == true)
  }

  @Test(
    "a class that takes an older one's place at the same rate is a regression", arguments: 1...2)
  func replaced(seed: Int) {
    let (verdict, _) = scene(seed: UInt64(seed)) { scene, windows in
      scene.fail(windows, requests: 50, share: 0.01) {
        Scene.traceback("KeyError: 'discount'", line: $0 % 300)
      }
    }
    #expect(verdict.outcome == .regressed)
    #expect(verdict.signals.first?.signature?.contains("KeyError") == true)
  }

  @Test("the same class raised in another function at the same rate is news", arguments: 1...2)
  func moved(seed: Int) {
    let (verdict, alerts) = scene(seed: UInt64(seed)) { scene, windows in
      scene.fail(windows, requests: 50, share: 0.01) {
        Scene.traceback("ValueError: bad page '\($0)'", function: "parse_page", line: $0 % 300)
      }
    }
    #expect(alerts.filter { $0.state == .noted }.count == 1)
    #expect(alerts.allSatisfy { $0.state != .firing })
    #expect(verdict.outcome == .healthy)
    let signal = verdict.signals.first { $0.kind == "new" }
    #expect(signal?.reason.contains("stopped since the release") == true)
  }

  @Test(
    "the same class raised ten times as often in another function is a regression", arguments: 1...4
  )
  func movedAndRisen(seed: Int) {
    let (verdict, _) = scene(seed: UInt64(seed)) { scene, windows in
      scene.fail(windows, requests: 50, share: 0.1) {
        Scene.traceback("ValueError: bad page '\($0)'", function: "parse_page", line: $0 % 300)
      }
    }
    #expect(verdict.outcome == .regressed)
  }

  @Test("what the restart window brings is not taken for a new error")
  func restart() {
    let (verdict, alerts) = scene(seed: 9) { scene, windows in
      old(&scene, windows)
      for window in 0..<3 { scene.fail(window, "connection to the old worker was closed") }
    }
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
  }

  @Test("one failure seen by its traceback, its answers and its records is told as one story")
  func story() throws {
    var scene = Scene(seed: 12, lengthSeconds: 3_600)
    scene.count(-2_160..<0, requests: 50, share: 0.001)
    for window in 0..<360 {
      let failures = scene.binomial(50, 0.02)
      scene.add(to: window, count: 50 - failures, rules: ["http.request"])
      scene.add(to: window, count: failures, rules: ["http.request"], fails: true)
      for _ in 0..<failures {
        scene.fail(window, Scene.traceback("KeyError: 'discount'", line: window))
      }
    }
    let (verdict, _) = scene.judged(upTo: 360)
    let leader = try #require(verdict.signals.first)
    #expect(leader.kind == "new" && leader.story == nil)
    let others = verdict.signals.filter { $0.state == .regressed }.dropFirst()
    #expect(others.map(\.signal).sorted() == ["errors", "http.5xx"])
    #expect(others.allSatisfy { $0.story == leader.subject })
  }
}
