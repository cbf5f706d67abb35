import Testing
import Windows

@Suite("Amounts by measure")
struct MeasureAmountsTests {
  @Test(
    "random additions and merges give what a plain array gives",
    arguments: 1...5 as ClosedRange<UInt64>)
  func random(seed: UInt64) {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var plain = [Double](repeating: 0, count: 600)
    var sum = MeasureAmounts()
    for _ in 0..<20 {
      var part = MeasureAmounts()
      for _ in 0..<random(60) {
        let measure = random(600)
        let amount = Double(random(5))
        part[measure] += amount
        plain[measure] += amount
      }
      sum.merge(part)
    }
    #expect((0..<600).allSatisfy { sum[$0] == plain[$0] })
  }
}
