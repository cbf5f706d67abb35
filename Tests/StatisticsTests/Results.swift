import Foundation
import Statistics
import Testing

/// The Swift side of every function of the reference, called with the inputs of a vector or of a
/// random call; results as a flat list of numbers in a fixed order.
enum Results {
  /// An input a call should have and has not.
  struct Missing: Error { let key: String }

  /// What a call is given, by the reference's names.
  struct Input {
    let json: JSON

    func number(_ key: String) throws -> Double {
      guard let value = json[key]?.number else { throw Missing(key: key) }
      return value
    }

    func number(_ key: String, _ standard: Double) -> Double { json[key]?.number ?? standard }

    func int(_ key: String, _ standard: Int) -> Int { Int(number(key, Double(standard))) }

    /// A list, or the shorthand of the vector file: "1 each", "100 each", "0 x 640".
    func numbers(_ key: String, count: Int = 0) throws -> [Double] {
      if let list = json[key]?.numbers { return list }
      let words = (json[key]?.text ?? "1 each").split(separator: " ")
      guard let value = Double(words[0]) else { throw Missing(key: key) }
      if words.count == 3, words[1] == "x", let times = Int(words[2]) {
        return Array(repeating: value, count: times)
      }
      return Array(repeating: value, count: count)
    }

    func sample() throws -> TwoSample {
      TwoSample(
        candidateEvents: try number("X"), candidateExposure: try number("U"),
        baselineEvents: try number("B"), baselineExposure: try number("E"))
    }

    var direction: RatioMixture.Direction { json["up"]?.flag == false ? .down : .up }
  }

  /// Equal, or within `relative` of the larger one.
  static func agree(_ a: Double, _ b: Double, relative: Double) -> Bool {
    a == b || abs(a - b) <= relative * max(abs(a), abs(b)) + 1e-13
  }

  /// Whether a result comes from a bisection, which ends at a width of its own.
  static func isBisection(_ function: String) -> Bool {
    function == "ratio_ci" || function == "needed_exposure"
  }

  static func of(_ function: String, _ json: JSON) throws -> [Double] {
    let input = Input(json: json)
    return try evidence(function, input) ?? dispersion(function, input)
      ?? budget(function, input) ?? sequence(function, input)
      ?? { throw Missing(key: function) }()
  }

  private static func evidence(_ function: String, _ input: Input) throws -> [Double]? {
    let phi = input.number("phi", 1)
    let r0 = input.number("r0", 1)
    switch function {
    case "solve_q":
      return [
        EValue.root(
          baselineExposure: try input.number("E"), candidateExposure: try input.number("U"),
          ratio: try input.number("rho"), excess: try input.number("c"))
      ]
    case "log_m":
      return [EValue.logM(try input.sample(), ratio: try input.number("rho"), phi: phi)]
    case "log_e_up": return [RatioMixture.logEUp(try input.sample(), r0: r0, phi: phi)]
    case "log_e_down": return [RatioMixture.logEDown(try input.sample(), r0: r0, phi: phi)]
    case "ratio_point": return [try #require(RatioInterval.point(try input.sample()))]
    case "ratio_ci":
      let interval = RatioInterval(
        try input.sample(), phi: phi, alpha: try input.number("alpha"))
      return [interval.low, interval.high]
    case "expected_log_e":
      return [
        Forecast.expectedLogE(
          try input.sample(), ratio: try input.number("ratio"), further: try input.number("dU"),
          r0: r0, phi: phi, direction: input.direction)
      ]
    case "needed_exposure":
      return [
        Forecast.neededExposure(
          try input.sample(), target: try input.number("target_log"),
          ratio: try input.number("ratio"), r0: r0, phi: phi, direction: input.direction)
      ]
    case "log_e_floor":
      return [
        HealthyTest.floor(
          events: try input.number("X"), exposure: try input.number("U"),
          floorRate: try input.number("g"), phi: phi)
      ]
    case "log_e_healthy":
      return [
        HealthyTest.logE(
          try input.sample(), floorRate: try input.number("g"), phi: phi,
          phiFloor: try input.number("phi_floor"), rHealthy: input.number("r_healthy", 1.5))
      ]
    default: return nil
    }
  }

  private static func dispersion(_ function: String, _ input: Input) throws -> [Double]? {
    switch function {
    case "count_episodes":
      let series = Episodes.countEpisodes(
        events: try input.numbers("x"), exposures: try input.numbers("u"),
        deadWindows: input.int("dead", 2))
      return series.events + series.exposures
    case "count_activity":
      let series = Episodes.activity(
        events: try input.numbers("x"), exposures: try input.numbers("u"))
      return series.events + series.exposures
    case "glr":
      return [
        Dispersion.glr(
          count: try input.number("C"), expected: try input.number("m"),
          phi: try input.number("phi"))
      ]
    case "proportion_phi":
      return [
        ProportionDispersion.phi(
          events: try input.number("k"), trials: try input.number("n"),
          phiEstimated: try input.number("phi_hat"))
      ]
    case "estimate_phi", "clump_windows", "dispersion_scales":
      let counts = try input.json["cnt"] == nil ? input.numbers("counts") : input.numbers("cnt")
      let key = input.json["expo"] == nil ? "exposure" : "expo"
      return try scales(
        function, input, counts: counts, exposures: input.numbers(key, count: counts.count))
    default: return nil
    }
  }

  private static func scales(
    _ function: String, _ input: Input, counts: [Double], exposures: [Double]
  ) throws -> [Double] {
    let longest = input.int("maxl", 64)
    let blocks = input.int("nmin", 24)
    let shortest = input.int("minl", 1)
    switch function {
    case "clump_windows":
      return [
        Dispersion.clump(
          events: counts, exposures: exposures, longest: longest, blocksMinimum: blocks)
      ]
    case "dispersion_scales":
      return Dispersion.scales(
        events: counts, exposures: exposures, longest: longest, blocksMinimum: blocks,
        shortest: shortest
      ).flatMap { [$0.fano, $0.standardError, Double($0.blocks)] }
    default:
      let estimate = Dispersion.estimate(
        events: counts, exposures: exposures, episodes: Int(try input.number("episodes")),
        prior: input.number("prior", 20), episodesMinimum: input.int("min_episodes", 30),
        longest: longest, blocksMinimum: blocks, shortest: shortest)
      return [estimate.phi]
    }
  }

  private static func budget(_ function: String, _ input: Input) throws -> [Double]? {
    switch function {
    case "alpha_weights":
      return AlphaBudget.weights(
        severities: try input.numbers("severities"), reserve: try input.number("reserve_new"))
    case "new_kind_weight":
      return [
        AlphaBudget.newKindWeight(
          slot: Int(try input.number("k")), reserve: try input.number("reserve_new"))
      ]
    case "log_global":
      return [
        AlphaBudget.global(
          logEs: try input.numbers("log_es"), weights: try input.numbers("weights"))
      ]
    case "e_holm":
      // The length first, so that an empty list is compared as well.
      let named = AlphaBudget.eHolm(
        logEs: try input.numbers("log_es"), weights: try input.numbers("weights"),
        alpha: try input.number("alpha"))
      return [Double(named.count)] + named.map(Double.init)
    case "e_bh":
      let named = AlphaBudget.eBH(
        logEs: try input.numbers("log_es"), rate: try input.number("q"))
      return [Double(named.count)] + named.map(Double.init)
    default: return nil
    }
  }
}
