import Judgement
import Testing
import Windows

@Suite("Silence")
struct SilenceTests {
  @Test("a log that stops is an alert within a minute, and blind")
  func stops() throws {
    var scene = Scene(seed: 1)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<60, requests: 80, share: 0.01)
    #expect(scene.judged(upTo: 60).alerts.isEmpty)
    let (verdict, alerts) = scene.judged(upTo: 66)
    let alert = try #require(alerts.first)
    #expect(alert.kind == "silence" && alert.state == .firing && alert.input == 0)
    #expect(alert.at <= scene.timeline.plan.start(of: 66))
    #expect(verdict.outcome == .blind)
    #expect(verdict.signals.first?.signal == "lines")
  }

  @Test("it is over when lines come again")
  func back() {
    var scene = Scene(seed: 1)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<60, requests: 80, share: 0.01)
    scene.fill(70..<200, requests: 80, share: 0.01)
    let (verdict, alerts) = scene.judged(upTo: 200)
    #expect(alerts.filter { $0.signal == "lines" }.map(\.state) == [.firing, .resolved])
    #expect(verdict.outcome == .healthy)
  }

  @Test("a log that was always quiet is not silent")
  func quiet() {
    var scene = Scene(seed: 2)
    for window in stride(from: -720, to: 60, by: 40) {
      scene.add(to: window, rules: ["error.record"])
    }
    #expect(scene.judged(upTo: 66).alerts.allSatisfy { $0.kind != "silence" })
  }

  @Test("one input that stops while another goes on is named")
  func oneOfTwo() throws {
    var scene = Scene(seed: 3)
    scene.fill(-720..<120, requests: 80, share: 0.01)
    for window in -720..<60 { scene.add(to: window, count: 20, rules: ["slow"], input: 1) }
    var (verdict, alerts) = scene.judged(upTo: 120)
    #expect(alerts.map(\.input) == [1])
    #expect(verdict.outcome == .blind)
    verdict.nameInputs(["access.log", "worker.log"])
    #expect(verdict.blindness.contains { $0.hasPrefix("worker.log: no line for ") })
    #expect(verdict.alerts.first?.about?.hasPrefix("worker.log: ") == true)
  }

  @Test("traffic that ends in a log that goes on is a regression")
  func trafficGone() throws {
    var scene = Scene(seed: 4)
    scene.fill(-720..<60, requests: 80, share: 0.01)
    for window in -720..<120 { scene.add(to: window, count: 3, rules: ["slow"]) }
    let (verdict, alerts) = scene.judged(upTo: 120)
    let alert = try #require(alerts.first)
    #expect(alert.signal == "http.requests" && alert.kind == "silence")
    #expect(alert.at <= scene.timeline.plan.start(of: 66))
    #expect(verdict.outcome == .regressed)
    #expect(verdict.signals.first?.signal == "http.requests")
  }

  @Test("lines that go on without a recognised request are blindness, not less traffic")
  func formatChanged() {
    var scene = Scene(seed: 5)
    scene.fill(-720..<30, requests: 80, share: 0.01)
    for window in 30..<120 { scene.add(to: window, count: 81, rules: ["slow"]) }
    let (verdict, alerts) = scene.judged(upTo: 120)
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .blind)
    #expect(verdict.blindness.contains { $0.contains("no request was recognised") })
  }

  @Test("traffic that falls to a third alarms, traffic that falls by a quarter does not")
  func lessTraffic() {
    var third = Scene(seed: 6)
    third.fill(-720..<0, requests: 90, share: 0.01)
    third.fill(0..<120, requests: 30, share: 0.01)
    #expect(third.judged(upTo: 120).alerts.map(\.signal) == ["http.requests"])
    var quarter = Scene(seed: 7)
    quarter.fill(-720..<0, requests: 80, share: 0.01)
    quarter.fill(0..<360, requests: 60, share: 0.01)
    #expect(quarter.judged(upTo: 360).alerts.isEmpty)
  }

  @Test("an input that another one follows, as logs named by the day do, is not silent")
  func successor() {
    var scene = Scene(seed: 8)
    for window in -720..<60 { scene.add(to: window, count: 20, rules: ["slow"]) }
    for window in 60..<120 { scene.add(to: window, count: 20, rules: ["slow"], input: 1) }
    #expect(scene.judged(upTo: 120).alerts.isEmpty)
  }
}
