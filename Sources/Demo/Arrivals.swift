/// When requests come: a Poisson process, with a daily wave if there is to be one.
struct Arrivals {
  private var random: SplitMix64
  private var time: Double
  private let fastestPerSecond: Double
  private let wave: Double

  init(options: DemoOptions, start: Int64, seed: UInt64) {
    random = SplitMix64(seed: seed)
    time = Double(start)
    wave = options.dailyWave
    fastestPerSecond = options.requestsPerSecond * (1 + wave)
  }

  /// The next arrival, in microseconds since 1970.
  mutating func next() -> Int64 {
    repeat {
      time += random.waiting(mean: 1_000_000 / fastestPerSecond)
    } while wave > 0 && !random.chance((1 + wave * Self.height(at: time)) / (1 + wave))
    return Int64(time)
  }

  /// -1 at 03:00 UTC, 1 at 15:00, two parabolas between: a sine is not the same bits everywhere.
  static func height(at microseconds: Double) -> Double {
    let days = microseconds / 86_400_000_000 - 9.0 / 24
    let part = days - days.rounded(.down)
    return part < 0.5 ? 16 * part * (0.5 - part) : -16 * (part - 0.5) * (1 - part)
  }
}

/// When the ordinary failures come in bursts: a Poisson process of starts, each 20 to 90 s long.
struct Bursts {
  private var random: SplitMix64
  private let meanGap: Double
  private var current: Range<Int64>

  init(perHour: Double, start: Int64, seed: UInt64) {
    random = SplitMix64(seed: seed)
    meanGap = perHour > 0 ? 3_600_000_000 / perHour : .infinity
    current = start..<start
    if meanGap < .infinity { current = following(start) }
  }

  /// Whether a burst is on. Times may not go back from call to call.
  mutating func contains(_ time: Int64) -> Bool {
    guard meanGap < .infinity else { return false }
    while time >= current.upperBound { current = following(current.upperBound) }
    return current.contains(time)
  }

  private mutating func following(_ time: Int64) -> Range<Int64> {
    let start = time + Int64(random.waiting(mean: meanGap))
    return start..<start + Int64(random.integer(in: 20_000_000..<90_000_001))
  }
}
