import Testing
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Exponential histogram, scale 3")
struct HistogramTests {
  /// OpenTelemetry's definition: bucket i holds (base^i, base^(i+1)], base = 2^(1/8).
  static func definition(_ number: Double) -> Int {
    Int(ceil(log2(number) * 8)) - 1
  }

  @Test("random numbers fall into the bucket of the definition")
  func randomNumbers() {
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = exp2(Double(state >> 11) / 9_007_199_254_740_992 * 50 - 30)
      #expect(Histogram.bucketIndex(of: number) == Self.definition(number), "\(number)")
    }
  }

  @Test("an upper edge belongs to its bucket, the next number to the next", arguments: -200...100)
  func edges(index: Int) {
    let edge = Histogram.upperEdge(of: index)
    #expect(abs(edge / exp2(Double(index + 1) / 8) - 1) < 1e-12)
    #expect(Histogram.bucketIndex(of: edge) == index)
    #expect(Histogram.bucketIndex(of: edge.nextUp) == index + 1)
  }

  @Test("merging in any order gives the counts of counting together")
  func merging() {
    var together = Histogram()
    var parts = [Histogram](repeating: Histogram(), count: 3)
    for step in 0..<3_000 {
      let number = Double((step * 7919) % 1_000) / 50 - 1
      together.add(number)
      parts[step % 3].add(number)
    }
    var forwards = Histogram()
    for part in parts { forwards.merge(part) }
    var backwards = Histogram()
    for part in parts.reversed() { backwards.merge(part) }
    #expect(forwards == backwards)
    for share in [0.01, 0.5, 0.95, 0.99, 1] {
      #expect(forwards.quantile(share) == together.quantile(share))
    }
    #expect(forwards.count == 3_000)
  }

  @Test("a quantile is at most one bucket above the true one")
  func quantiles() throws {
    var histogram = Histogram()
    let numbers = (1...1_000).map { Double($0) * 0.003 }
    for number in numbers { histogram.add(number) }
    for share in [0.5, 0.9, 0.95, 0.99] {
      let truth = numbers[Int(share * 1_000) - 1]
      let read = try #require(histogram.quantile(share))
      #expect(read >= truth && read <= truth * exp2(1.0 / 8) * 1.000_001)
    }
  }

  @Test("numbers that are huge, tiny or not numbers cannot break it")
  func hostileNumbers() {
    var histogram = Histogram()
    for number in [.infinity, -.infinity, .nan, 1e300, .leastNonzeroMagnitude, 0, -3] {
      histogram.add(number)
    }
    #expect(histogram.count == 4)
    #expect(histogram.zeroCount == 2)
    #expect(histogram.counts.count <= 512)
    #expect(Histogram().quantile(0.5) == nil)
  }
}
