import Foundation

/// A call of a function of the reference with random inputs.
struct RandomCall: Sendable {
  let function: String
  let input: [String: JSON]

  private static let rounds = 30
  static let ruleWindows = 30

  private init(_ function: String, _ input: [String: JSON]) {
    self.function = function
    self.input = input
  }

  /// More than 500 calls: every function `rounds` times, the slow rules less often.
  static func all(seed: UInt64) -> [RandomCall] {
    var random = SeededRandom(seed)
    var calls: [RandomCall] = []
    for _ in 0..<rounds {
      calls += evidence(&random)
      calls += dispersion(&random)
      for _ in 0..<4 { calls.append(independentBursts(&random)) }
      calls += budget(&random)
      calls.append(channel(&random))
    }
    for round in 0..<12 {
      calls.append(rule(&random, grows: round % 2 == 0))
      calls.append(newKind(&random))
    }
    return calls
  }

  private static func number(_ value: Double) -> JSON { .number(value) }

  private static func phi(_ random: inout SeededRandom) -> Double {
    random.pick([1, 1, random.scale(1.01, 200), random.scale(0.3, 0.99)])
  }

  private static func sample(_ random: inout SeededRandom) -> [String: JSON] {
    let exposure = random.scale(1, 1e6)
    let share = random.scale(1e-3, 10)
    let rate = random.scale(1e-5, 10)
    let events = (rate * exposure).rounded()
    return [
      "E": number(exposure), "U": number(exposure * share), "B": number(events),
      "X": number((rate * exposure * share * random.scale(0.1, 10)).rounded()),
    ]
  }

  private static func evidence(_ random: inout SeededRandom) -> [RandomCall] {
    let sample = sample(&random)
    let both = sample.merging(["r0": number(random.scale(0.5, 2)), "phi": number(phi(&random))]) {
      $1
    }
    var plain = sample
    plain["phi"] = number(phi(&random))
    let bursty = number(random.scale(0.7, 30))
    let c = phi(&random) - 1
    let q: [String: JSON] = [
      "E": sample["E"]!, "U": sample["U"]!, "c": number(c),
      "rho": number(c < 0 ? random.scale(0.01, 1) : random.scale(0.001, 1000)),
    ]
    let floor: [String: JSON] = [
      "X": sample["X"]!, "U": sample["U"]!, "g": number(random.scale(1e-4, 1)), "phi": bursty,
    ]
    let forecast = both.merging([
      "ratio": number(random.scale(0.1, 20)), "up": .flag(random.uniform() < 0.5),
    ]) { $1 }
    return [
      RandomCall("solve_q", q),
      RandomCall("log_m", plain.merging(["rho": number(random.scale(1e-3, 1e3))]) { $1 }),
      RandomCall("log_e_up", both), RandomCall("log_e_down", both),
      RandomCall("ratio_point", sample),
      RandomCall("ratio_ci", plain.merging(["alpha": number(random.scale(0.001, 0.3))]) { $1 }),
      RandomCall(
        "expected_log_e",
        forecast.merging(["dU": number(random.scale(0.1, 1e4))]) { $1 }),
      RandomCall(
        "needed_exposure",
        forecast.merging(["target_log": number(random.scale(0.5, 20))]) { $1 }),
      RandomCall("log_e_floor", floor),
      RandomCall(
        "log_e_healthy",
        plain.merging([
          "g": floor["g"]!, "phi_floor": bursty, "r_healthy": number(random.scale(1.1, 3)),
        ]) { $1 }),
    ]
  }

  /// Windows of a Poisson, bursty, correlated or rare series with varying exposure.
  private static func series(
    _ random: inout SeededRandom, count: Int
  ) -> (counts: [Double], exposures: [Double]) {
    let mean = random.scale(0.02, 20)
    let kind = Int(random.whole(0...3))
    let isFlat = random.uniform() < 0.5
    var exposures: [Double] = []
    var counts: [Double] = []
    var isHigh = false
    for _ in 0..<count {
      let exposure = isFlat ? 1 : random.scale(0.5, 2)
      if random.uniform() < (isHigh ? 0.15 : 0.02) { isHigh.toggle() }
      exposures.append(exposure)
      let count =
        switch kind {
        case 0: random.poisson(mean * exposure)
        case 1: random.negativeBinomial(mean * exposure, phi: 6)
        case 2: random.poisson(mean * exposure * (isHigh ? 8 : 0.4))
        default: random.uniform() < 0.02 ? 1 + random.poisson(5) : 0
        }
      counts.append(count)
    }
    return (counts, exposures)
  }

  private static func dispersion(_ random: inout SeededRandom) -> [RandomCall] {
    let windows = series(&random, count: Int(random.whole(10...700)))
    let shortest = random.pick([1.0, 2, 8])
    let expected = random.scale(0.1, 1e4)
    let trials = random.whole(0...5000)
    let both: [String: JSON] = [
      "cnt": .numbers(windows.counts), "expo": .numbers(windows.exposures),
    ]
    return [
      RandomCall(
        "count_episodes",
        [
          "x": .numbers(windows.counts), "u": .numbers(windows.exposures),
          "dead": number(random.whole(0...5)),
        ]),
      RandomCall(
        "count_activity",
        ["x": .numbers(windows.counts), "u": .numbers(windows.exposures)]),
      RandomCall(
        "dispersion_scales", both.merging(["minl": number(shortest), "maxl": number(64)]) { $1 }),
      RandomCall("clump_windows", both),
      RandomCall(
        "estimate_phi",
        both.merging([
          "minl": number(shortest), "episodes": number(random.whole(1...200)),
          "prior": number(random.pick([1, 20])), "min_episodes": number(random.pick([0, 30])),
        ]) { $1 }),
      RandomCall(
        "glr",
        [
          "C": number(expected * random.scale(0.5, 100)), "m": number(expected),
          "phi": number(random.scale(1, 100)),
        ]),
      RandomCall(
        "proportion_phi",
        [
          "k": number((trials * random.uniform()).rounded(.down)), "n": number(trials),
          "phi_hat": number(random.pick([1, 1, random.scale(0.5, 5)])),
        ]),
    ]
  }

  /// The dispersion of a series whose bursts do not outlast a window, where the precise short scale
  /// and the noisy maximum compete.
  private static func independentBursts(_ random: inout SeededRandom) -> RandomCall {
    let count = Int(random.whole(400...800))
    let mean = random.scale(0.1, 5)
    let phi = random.scale(1.5, 6)
    let counts = (0..<count).map { _ in random.negativeBinomial(mean, phi: phi) }
    return RandomCall(
      "estimate_phi",
      [
        "cnt": .numbers(counts), "expo": .numbers(counts.map { _ in 1 }),
        "episodes": number(random.whole(30...400)),
      ])
  }

  private static func budget(_ random: inout SeededRandom) -> [RandomCall] {
    let count = Int(random.whole(1...20))
    let severities = (0..<count).map { _ in random.pick([1.0, 2, 4]) }
    let weights = severities.map { 0.8 * $0 / severities.reduce(0, +) }
    let logEs = (0..<count).map { _ in 16 * random.uniform() - 3 }
    let both: [String: JSON] = ["log_es": .numbers(logEs), "weights": .numbers(weights)]
    return [
      RandomCall(
        "alpha_weights",
        ["severities": .numbers(severities), "reserve_new": number(0.5 * random.uniform())]),
      RandomCall(
        "new_kind_weight", ["k": number(random.whole(1...50)), "reserve_new": number(0.2)]),
      RandomCall("log_global", both),
      RandomCall("e_holm", both.merging(["alpha": number(0.05)]) { $1 }),
      RandomCall("e_bh", ["log_es": .numbers(logEs), "q": number(random.scale(0.01, 0.5))]),
    ]
  }

  private static func channel(_ random: inout SeededRandom) -> RandomCall {
    let rate = random.scale(0.05, 5)
    let windows = (0..<20).map { _ in random.poisson(rate * 1.5) }
    let exposure = random.whole(50...2000)
    return RandomCall(
      "Channel",
      [
        "B": number((rate * exposure).rounded()), "E": number(exposure),
        "phi": number(random.pick([1, random.scale(1.1, 20)])),
        "r0": number(random.pick([1, 1.25])), "up": .flag(random.uniform() < 0.7),
        "stride": number(random.whole(1...4)), "epochs": number(random.whole(1...8)),
        "w_release": number(0.7), "x": .numbers(windows),
        "u": .numbers(windows.map { _ in random.scale(0.5, 2) }),
      ])
  }

  private static func rule(_ random: inout SeededRandom, grows: Bool) -> RandomCall {
    let base = series(&random, count: 400)
    let rate = base.counts.reduce(0, +) / base.exposures.reduce(0, +)
    let ratio = random.pick([0.3, 1, 1, 3, 10])
    let mean = base.exposures.reduce(0, +) / 400
    // Without growth no exposure may exceed the baseline's mean.
    let exposures = (0..<ruleWindows).map { _ in
      grows ? mean * random.scale(0.5, 6) : mean * (0.2 + 0.7 * random.uniform())
    }
    var input: [String: JSON] = [
      "base_counts": .numbers(base.counts), "base_exposure": .numbers(base.exposures),
      "weight": number(0.02), "alpha": number(0.01), "r0": number(random.pick([1, 1.1])),
      "looks": number(120), "dead": number(2), "r_healthy": number(random.pick([1.5, 2])),
      "beta": number(0.05), "grows": .flag(grows), "u": .numbers(exposures),
      "x": .numbers(exposures.map { random.poisson(rate * ratio * $0) }),
    ]
    if random.uniform() < 0.5 { input["floor"] = number(rate * random.scale(0.5, 20)) }
    return RandomCall("Rule", input)
  }

  private static func newKind(_ random: inout SeededRandom) -> RandomCall {
    let windows = (0..<40).map { _ in
      random.uniform() < 0.2 ? 1 + random.poisson(random.scale(0.1, 30)) : 0
    }
    return RandomCall(
      "NewKind",
      [
        "exposure_before": number(random.whole(1000...9000)), "slot": number(random.whole(1...5)),
        "alpha": number(0.01), "looks": number(120), "dead_windows": number(random.whole(0...10)),
        "reserve": number(0.2), "x": .numbers(windows),
        "u": .numbers(windows.map { _ in random.scale(0.5, 2) }),
      ])
  }
}
