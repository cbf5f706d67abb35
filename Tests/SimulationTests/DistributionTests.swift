import Testing

@testable import Simulation

/// Means and variances of many draws against those of the distribution, within five standard errors;
/// seeds are fixed.
@Suite("The simulation's distributions")
struct DistributionTests {
  struct Moments {
    private(set) var mean = 0.0
    private(set) var variance = 0.0
    /// Standard error of the variance, from the fourth moment.
    private(set) var varianceError = 0.0
    let draws: Double

    init(_ numbers: [Double]) {
      draws = Double(numbers.count)
      mean = numbers.reduce(0, +) / draws
      for number in numbers { variance += (number - mean) * (number - mean) / (draws - 1) }
      var fourth = 0.0
      for number in numbers {
        let square = (number - mean) * (number - mean)
        fourth += square * square / draws
      }
      varianceError = ((fourth - variance * variance) / draws).squareRoot()
    }

    func agrees(mean expected: Double, variance: Double) -> Bool {
      abs(mean - expected) < 5 * (variance / draws).squareRoot()
        && abs(self.variance - variance) < 5 * varianceError + 1e-12
    }
  }

  static func draws(_ count: Int = 40_000, _ draw: (inout RandomStream) -> Double) -> [Double] {
    var random = RandomStream(seed: 7)
    return (0..<count).map { _ in draw(&random) }
  }

  @Test("the normal distribution has mean 0 and variance 1")
  func normal() {
    #expect(Moments(Self.draws { $0.normal() }).agrees(mean: 0, variance: 1))
  }

  @Test("a gamma of scale 1 has its shape for mean and variance", arguments: [0.05, 0.6, 1, 7.5])
  func gamma(shape: Double) {
    #expect(Moments(Self.draws { $0.gamma(shape: shape) }).agrees(mean: shape, variance: shape))
  }

  @Test("a Poisson count has one number for both", arguments: [0.01, 0.7, 9.9, 10, 37.5, 4_000])
  func poisson(mean: Double) {
    #expect(Moments(Self.draws { $0.poisson(mean) }).agrees(mean: mean, variance: mean))
  }

  @Test("a Poisson count is each number as often as it should", arguments: [3.0, 12.0])
  func poissonShares(mean: Double) {
    var counts = [Double](repeating: 0, count: 60)
    let draws = Self.draws { $0.poisson(mean) }
    for draw in draws { counts[min(Int(draw), 59)] += 1 }
    var probability = Double.exp(-mean)
    for (number, count) in counts.enumerated() {
      let expected = probability * Double(draws.count)
      #expect(abs(count - expected) < 5 * expected.squareRoot() + 3)
      probability *= mean / Double(number + 1)
    }
  }

  @Test("clusters multiply the variance", arguments: [(0.02, 20.0), (1.7, 5), (17, 2), (3, 1)])
  func negativeBinomial(mean: Double, phi: Double) {
    let moments = Moments(Self.draws { $0.negativeBinomial(mean, phi: phi) })
    #expect(moments.agrees(mean: mean, variance: phi * mean))
  }

  @Test("every kind of clustering keeps the mean", arguments: Clustering.allCases)
  func clustering(_ clustering: Clustering) {
    // Windows of one series are correlated, so many short series are taken.
    let means = (0..<2_000).map { number in
      var source = EventSource(clustering, RandomStream(seed: 3, place: UInt64(number)))
      return (0..<60).reduce(0.0) { sum, _ in sum + source.count(mean: 2) / 60 }
    }
    let moments = Moments(means)
    #expect(abs(moments.mean - 2) < 5 * (moments.variance / moments.draws).squareRoot())
  }

  @Test("streams of different places differ, those of one place are the same")
  func places() {
    var one = RandomStream(seed: 1, place: 2, 3)
    var same = RandomStream(seed: 1, place: 2, 3)
    var other = RandomStream(seed: 1, place: 3, 2)
    let first = one.next()
    #expect(same.next() == first)
    #expect(other.next() != first)
  }
}

extension Double {
  fileprivate static func exp(_ power: Double) -> Double {
    // Enough terms for the powers used here.
    var term = 1.0
    var sum = 1.0
    for step in 1..<120 {
      term *= -power / Double(step)
      sum += term
    }
    return 1 / sum
  }
}
