import Judgement
import Rules
import Testing
import Windows

@Suite("Why a signal did or did not alarm")
struct ExplanationTests {
  private func answers(
    _ name: String, share: Double, windows: Int = 360, _ change: (inout Scene) -> Void = { _ in }
  ) -> [SignalArithmetic] {
    var scene = Scene(seed: 5, lengthSeconds: 3_600)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<windows, requests: 80, share: share)
    change(&scene)
    var judge = Judge(timeline: scene.timeline, rules: Scene.rules, options: JudgeOptions())
    while judge.nextIndex < windows { _ = judge.look(scene.timeline) }
    return judge.arithmetic(of: name, scene.timeline)
  }

  @Test("one that alarmed shows what was reached and what was needed")
  func alarmed() throws {
    let answer = try #require(answers("http.5xx", share: 0.05).first)
    #expect(answer.isRegressed)
    #expect(answer.logEvidence >= answer.logThreshold ?? .infinity)
    #expect(answer.channels.contains { $0.name == "counts" })
  }

  @Test("one that is not higher says so, and how long a doubled rate would take to be seen")
  func notHigher() throws {
    let answer = try #require(answers("http.5xx", share: 0.01).first)
    #expect(!answer.isRegressed)
    #expect(answer.because.hasPrefix("not higher"))
    let seconds = try #require(answer.secondsToSeeDouble)
    #expect(seconds > 60 && seconds < 3_600)
  }

  @Test("one that is higher but may be chance says how long an alarm would take")
  func notCertain() throws {
    let answer = try #require(answers("http.5xx", share: 0.03, windows: 9).first)
    #expect(!answer.isRegressed)
    #expect(answer.because.hasPrefix("higher, but"))
    #expect(answer.secondsToAlarm != nil)
  }

  @Test("what came once is new, but few")
  func few() throws {
    let answers = answers("db.down", share: 0.01) { scene in scene.add(to: 50, rules: ["db.down"]) }
    let answer = try #require(answers.first)
    #expect(answer.kind == "new")
    #expect(answer.because.hasPrefix("new, but few"))
  }

  @Test("everything of which something was seen has a name, each once, what is new last")
  func names() throws {
    var scene = Scene(seed: 5, lengthSeconds: 3_600)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<60, requests: 80, share: 0.01)
    scene.add(to: 50, rules: ["db.down"])
    var judge = Judge(timeline: scene.timeline, rules: Scene.rules, options: JudgeOptions())
    while judge.nextIndex < 60 { _ = judge.look(scene.timeline) }
    let names = judge.namesSeen
    #expect(names.contains("http.5xx") && names.contains("db.down"), "\(names)")
    #expect(!names.contains("cache.hits") && Set(names).count == names.count, "\(names)")
    for name in names { #expect(!judge.arithmetic(of: name, scene.timeline).isEmpty, "\(name)") }
  }

  @Test("what never came and what the inputs lack are told apart")
  func others() throws {
    #expect(answers("db.down", share: 0.01).first?.because.hasPrefix("it never came") == true)
    #expect(
      answers("cache.hits", share: 0.01).first?.because.contains("inputs carry nothing") == true)
    #expect(answers("nothing.of.that.name", share: 0.01).isEmpty)
  }
}
