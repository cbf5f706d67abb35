import Judgement
import Records
import Rules
import Testing
import Windows

extension Scene {
  /// Adds requests of one route, of which a share fails.
  mutating func request(_ window: Int, route: String, count: Int, share: Double) {
    let signal = Self.rules.signals[Self.rules.index(ofSignal: "http.5xx")!]
    for _ in 0..<count {
      var observation = Observation()
      observation.rules = [Self.rules.index(ofRule: "http.request")!]
      observation.route = Array(route.utf8)
      observation.hits = [Observation.Hit(measure: Self.rules.requestMeasure!, amount: 1)]
      let fails = uniform() < share
      if fails { observation.hits.append(Observation.Hit(measure: signal.count!, amount: 1)) }
      var record = Record()
      record.time = timeline.plan.start(of: window).advanced(byNanoseconds: 1_000_000_000)
      record.timeSource = .line
      record.request.method = 0..<1
      record.request.path = 0..<1
      record.request.status = fails ? 500 : 200
      let text = Array(
        "\"GET \(route.replacing("{}", with: "17")) HTTP/1.1\" \(fails ? 500 : 200)".utf8)
      timeline.add(observation, of: record, text: text.span)
    }
  }
}

@Suite("Routes that are judged by themselves")
struct RouteTests {
  private static let routes = [
    "/": 14, "/orders": 12, "/orders/{}": 12, "/search": 10, "/invoices/{}": 2,
  ]

  private func scene(seed: UInt64, after: (String) -> Double) -> (Verdict, [Alert]) {
    var scene = Scene(seed: seed, lengthSeconds: 1_800)
    for window in -1_080..<180 {
      for (route, count) in Self.routes.sorted(by: { $0.key < $1.key }) {
        scene.request(window, route: route, count: count, share: window < 0 ? 0.012 : after(route))
      }
    }
    return scene.judged(upTo: 180)
  }

  @Test("a route that breaks while the others get better is named first", arguments: 1...2)
  func broken(seed: Int) throws {
    let (verdict, alerts) = scene(seed: UInt64(seed)) {
      $0 == "/invoices/{}" ? 0.25 : (0.012 - 0.01) / 0.96
    }
    #expect(verdict.outcome == .regressed)
    #expect(verdict.signals.first?.subject == Subject(signal: "http.5xx", route: "/invoices/{}"))
    let fired = try #require(alerts.first { $0.state == .firing })
    #expect(fired.route == "/invoices/{}")
    #expect(fired.at <= Scene.release.advanced(byNanoseconds: 600_000_000_000))
    let sample = try #require(fired.sample)
    #expect(String(decoding: sample.text, as: UTF8.self).contains("/invoices/17"))
    let whole = verdict.signals.first { $0.signal == "http.5xx" && $0.route == nil }
    #expect(whole?.state != .regressed)
  }

  @Test("routes that stay as they were raise nothing", arguments: 1...2)
  func quiet(seed: Int) {
    let (verdict, alerts) = scene(seed: UInt64(seed)) { _ in 0.012 }
    #expect(alerts.isEmpty)
    #expect(verdict.outcome == .healthy)
  }

  @Test("what rises on every route is told as the whole, not as many routes")
  func everywhere() {
    let (verdict, _) = scene(seed: 3) { _ in 0.05 }
    let regressed = verdict.signals.filter { $0.state == .regressed }
    #expect(regressed.first?.subject == Subject(signal: "http.5xx", route: nil))
    #expect(regressed.dropFirst().allSatisfy { $0.story == regressed.first?.subject })
  }
}
