import Judgement
import Testing

@Suite("Silence")
struct SilenceTests {
  @Test("a log that stops is noticed within a minute")
  func stops() {
    var scene = Scene(seed: 1)
    scene.fill(-720..<0, requests: 80, share: 0.01)
    scene.fill(0..<60, requests: 80, share: 0.01)
    #expect(Silence.sentence(scene.timeline, upTo: 60, alpha: 0.01) == nil)
    #expect(Silence.sentence(scene.timeline, upTo: 66, alpha: 0.01)?.contains("60 s") == true)
  }

  @Test("a log that was always quiet is not silent")
  func quiet() {
    var scene = Scene(seed: 2)
    for window in stride(from: -720, to: 60, by: 40) {
      scene.add(to: window, rules: ["error.record"])
    }
    #expect(Silence.sentence(scene.timeline, upTo: 66, alpha: 0.01) == nil)
  }
}
