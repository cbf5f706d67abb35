/// xoshiro256++ of Blackman and Vigna, seeded by SplitMix64.
///
/// Every rule of every watch has a stream of its own, made from the run's seed and its place in the
/// run, so that results depend neither on the number of threads nor on what else was simulated.
struct RandomStream: RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  init(seed: UInt64, place: UInt64...) {
    var key = seed
    for step in place { key = Self.mixed(key &+ Self.golden) ^ Self.mixed(step &+ Self.golden) }
    var words: [UInt64] = []
    for _ in 0..<4 {
      key &+= Self.golden
      words.append(Self.mixed(key))
    }
    state = (words[0], words[1], words[2], words[3])
  }

  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number for a name, the same in every run (FNV-1a); `Hasher` is seeded anew each time.
  static func key(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
      (word << bits) | (word >> (64 - bits))
    }
    let result = rotated(state.0 &+ state.3, 23) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, 45)
    return result
  }

  /// Uniform in (0, 1), both ends excluded.
  mutating func uniform() -> Double {
    (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992
  }
}
