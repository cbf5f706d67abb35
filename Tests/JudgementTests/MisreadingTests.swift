import Judgement
import Testing
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ordinary logs that an earlier form of the judge misread.
@Suite("What must not be misread")
struct MisreadingTests {
  @Test("latency whose baseline lies in one bucket is judged, and can be healthy")
  func oneBucket() {
    var same = Scene(seed: 1)
    for window in -360..<180 {
      same.add(to: window, count: 60, rules: ["http.request"], latency: 0.001)
    }
    #expect(same.judged(upTo: 180).verdict.outcome == .healthy)
    var slower = Scene(seed: 1)
    for window in -360..<0 {
      slower.add(to: window, count: 60, rules: ["http.request"], latency: 0)
    }
    for window in 0..<30 { slower.add(to: window, count: 60, rules: ["http.request"], latency: 2) }
    #expect(slower.judged(upTo: 30).alerts.first?.signal == "http.latency")
  }

  @Test("a share that was perfect and is lost is a regression")
  func perfectShare() {
    var scene = Scene(seed: 2)
    var traffic = Scene.Traffic()
    traffic.hits = 1
    scene.fill(-360..<0, traffic)
    traffic.hits = 0.9
    scene.fill(0..<60, traffic)
    #expect(scene.judged(upTo: 60).alerts.first?.signal == "cache.hits")
  }

  @Test("an input that ended before the release says nothing of it")
  func endedBefore() {
    var scene = Scene(seed: 3)
    scene.fill(-720..<180, requests: 60, share: 0.01)
    for window in -720 ..< -40 { scene.add(to: window, count: 20, rules: ["slow"], input: 1) }
    let (verdict, alerts) = scene.judged(upTo: 180)
    #expect(alerts.isEmpty && verdict.outcome == .healthy)
  }

  @Test("an input that began an hour before the release and dies is silent")
  func beganLate() {
    var scene = Scene(seed: 4)
    scene.fill(-720..<120, requests: 60, share: 0.01)
    for window in -360..<30 { scene.add(to: window, count: 20, rules: ["slow"], input: 1) }
    let (verdict, alerts) = scene.judged(upTo: 120)
    #expect(alerts.map(\.input) == [1] && verdict.outcome == .blind)
  }

  @Test("traffic that falls hour by hour, as every evening, is no regression")
  func evening() {
    var scene = Scene(seed: 5)
    for window in -720..<2_160 {
      let requests = Int(60 * pow(0.5, max(0, Double(window)) / 1_000))
      scene.fill(window..<(window + 1), requests: requests, share: 0.01)
    }
    #expect(scene.judged(upTo: 2_160).alerts.allSatisfy { $0.kind != "silence" })
  }

  @Test("a pause of the whole log is a silence that ends, not lost traffic")
  func pause() {
    var scene = Scene(seed: 6)
    scene.fill(-720..<60, requests: 60, share: 0.01)
    scene.fill(132..<360, requests: 60, share: 0.01)
    let (verdict, alerts) = scene.judged(upTo: 360)
    #expect(alerts.map(\.signal) == ["lines", "lines"])
    #expect(verdict.outcome == .healthy)
  }

  @Test("counts over time are compared with the same hours of three days before")
  func wave() {
    var scene = Scene(seed: 7, lengthSeconds: 3_600, baselineDays: 4)
    for window in -34_560..<360 {
      // A daily wave of 90 %, released where it is highest.
      let level = 0.1 + 0.9 * (0.5 + 0.5 * cos(2 * .pi * Double(window) / 8_640))
      scene.add(to: window, count: scene.binomial(3, level), rules: ["error.record"])
      scene.add(to: window, rules: ["slow"])
    }
    let (verdict, alerts) = scene.judged(upTo: 360)
    #expect(alerts.isEmpty)
    let errors = verdict.signals.first { $0.signal == "errors" }
    #expect((errors?.ratio?.estimate ?? 0) < 1.3 && (errors?.ratio?.estimate ?? 0) > 0.7)
    #expect(!verdict.cautions.contains { $0.contains("daily wave") })
    // Real seconds, although they are weighted.
    #expect(errors?.candidate.exposure == 3_570)
  }

  @Test("counts over time without three earlier days say that a daily wave is a change to them")
  func waveCaution() {
    var scene = Scene(seed: 8)
    for window in -720..<60 { scene.add(to: window, count: 2, rules: ["error.record"]) }
    #expect(scene.judged(upTo: 60).verdict.cautions.contains { $0.contains("daily wave") })
  }
}
