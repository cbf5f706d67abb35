import Judgement
import Records
import Rules
import Testing
import Windows

@Suite("The judge")
struct JudgeTests {
  @Test("a release that changes nothing is healthy and never alarms", arguments: 1...12)
  func quiet(seed: Int) {
    var scene = Scene(seed: UInt64(seed))
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<360, requests: 80, share: 0.01)
    let (verdict, alerts) = scene.judged(upTo: 360)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
  }

  @Test("four times the errors are a regression within minutes", arguments: 1...6)
  func regression(seed: Int) throws {
    var scene = Scene(seed: UInt64(seed))
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<90, requests: 80, share: 0.04)
    let (verdict, alerts) = scene.judged(upTo: 90)
    #expect(verdict.outcome == .regressed)
    #expect(verdict.signals.first?.signal == "http.5xx")
    let first = try #require(alerts.first)
    #expect(first.at <= Scene.release.advanced(byNanoseconds: 300_000_000_000))
    let ratio = try #require(verdict.signals.first?.ratio)
    #expect(ratio.low > 1.5 && ratio.low < 4 && (ratio.high ?? 0) > 4)
    #expect(first.sample?.lineNumber == 7)
  }

  @Test(
    "2 % of 5xx at 5 requests a second, none before, is seen within three minutes",
    arguments: [1, 2, 6], 1...8)
  func noErrorsBefore(hours: Int, seed: Int) throws {
    var scene = Scene(seed: UInt64(seed))
    scene.fill(-360 * hours..<0, requests: 50, share: 0)
    scene.fill(0..<18, requests: 50, share: 0.02)
    let (_, alerts) = scene.judged(upTo: 18)
    #expect(alerts.contains { $0.state == .firing && $0.signal == "http.5xx" })
  }

  @Test("a minute of data is undecided and says what is missing")
  func tooShort() throws {
    var scene = Scene(seed: 3)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<6, requests: 80, share: 0.01)
    let (verdict, _) = scene.judged(upTo: 6)
    #expect(verdict.outcome == .undecided)
    let signal = try #require(verdict.signals.first { $0.signal == "http.5xx" })
    let needs = try #require(signal.needs)
    #expect(needs.seconds > 10 && needs.seconds < 3_600)
    #expect((needs.requests ?? 0) > 0)
  }

  @Test("without a baseline nothing is called healthy or regressed by its ratio")
  func noBaseline() {
    var scene = Scene(seed: 4)
    scene.fill(0..<90, requests: 80, share: 0.01)
    let (verdict, alerts) = scene.judged(upTo: 90)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .undecided)
    #expect(verdict.cautions.contains { $0.contains("no baseline") })
  }

  @Test("restart noise is counted and shown, not judged")
  func settling() throws {
    var scene = Scene(seed: 5)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<3, requests: 80, share: 0.5)
    scene.fill(3..<180, requests: 80, share: 0.01)
    let (verdict, alerts) = scene.judged(upTo: 180)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
    let signal = try #require(verdict.signals.first { $0.signal == "http.5xx" })
    #expect(signal.settlingCount > 80)
    #expect(signal.candidate.exposure == 80 * 177)
  }

  @Test("a new crash is noted at its first record and a regression when it comes back")
  func newKind() throws {
    var scene = Scene(seed: 6, lengthSeconds: 3_600)
    scene.fill(-8_640..<0, requests: 10, share: 0.01)
    scene.fill(0..<100, requests: 10, share: 0.01)
    scene.add(to: 20, rules: ["db.down"])
    let (once, noted) = scene.judged(upTo: 100)
    #expect(noted.map(\.state) == [.noted])
    #expect(once.outcome != .regressed)
    scene.add(to: 52, rules: ["db.down"])
    scene.add(to: 84, rules: ["db.down"])
    let (verdict, alerts) = scene.judged(upTo: 100)
    #expect(verdict.outcome == .regressed)
    #expect(alerts.map(\.state) == [.noted, .firing])
    #expect(verdict.signals.first?.kind == "new")
    var strict = JudgeOptions()
    strict.failsOnNew = true
    #expect(scene.judged(upTo: 21, options: strict).verdict.outcome == .regressed)
  }

  @Test("a warning is shown and never gates")
  func advisory() {
    var scene = Scene(seed: 7)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<180, requests: 80, share: 0.01)
    for window in 0..<180 { scene.add(to: window, count: 50, rules: ["slow"]) }
    let (verdict, alerts) = scene.judged(upTo: 180)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
  }

  @Test("a fault that ends is resolved and no longer a regression")
  func recovery() {
    var scene = Scene(seed: 8)
    scene.fill(-2_160..<0, requests: 400, share: 0.02)
    scene.fill(0..<60, requests: 400, share: 0.10)
    scene.fill(60..<360, requests: 400, share: 0.02)
    let (verdict, alerts) = scene.judged(upTo: 360)
    let states = alerts.filter { $0.signal == "http.5xx" }.map(\.state)
    #expect(states == [.firing, .resolved])
    #expect(verdict.outcome != .regressed)
  }

  @Test("a watch without a planned end is judged in blocks of an hour")
  func blocks() {
    var scene = Scene(seed: 9)
    scene.fill(-2_160..<0, requests: 80, share: 0.01)
    scene.fill(0..<900, requests: 80, share: 0.01)
    scene.fill(900..<960, requests: 80, share: 0.05)
    let (verdict, alerts) = scene.judged(upTo: 960)
    #expect(verdict.outcome == .regressed)
    #expect(alerts.first.map { $0.at > scene.timeline.plan.start(of: 900) } == true)
  }

  @Test("the order in which records arrive does not change a verdict")
  func order() {
    var forwards = Scene(seed: 10)
    forwards.fill(-200..<0, requests: 40, share: 0.01)
    forwards.fill(0..<60, requests: 40, share: 0.03)
    var halves = Scene(seed: 10)
    halves.fill(-200..<0, requests: 40, share: 0.01)
    halves.fill(0..<60, requests: 40, share: 0.03)
    // The same windows in another order of filling.
    var backwards = Scene(seed: 10)
    for index in stride(from: forwards.timeline.endIndex - 1, through: -200, by: -1) {
      let window = forwards.timeline[index]
      for signal in Scene.rules.signals where signal.id == "errors" {
        backwards.add(to: index, count: Int(window.amount(signal.count!)), rules: ["error.record"])
      }
      let failures = Int(window.amount(Scene.rules.signals.first { $0.id == "http.5xx" }!.count!))
      let requests = Int(window.amount(Scene.rules.requestMeasure!))
      backwards.add(to: index, count: failures, rules: ["http.request"], fails: true)
      backwards.add(to: index, count: requests - failures, rules: ["http.request"])
    }
    let one = forwards.judged(upTo: 60).verdict
    let other = backwards.judged(upTo: 60).verdict
    #expect(one.signals.map(\.logEvidence) == other.signals.map(\.logEvidence))
    #expect(one.outcome == other.outcome)
    #expect(halves.judged(upTo: 60).verdict.signals.map(\.state) == one.signals.map(\.state))
  }
}
