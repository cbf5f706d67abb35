/// Chooses the strings by which each pattern is found, and the grams by which each string is.
struct GramChoice {
  /// What a filter looks for.
  private(set) var needles: [ChosenNeedle] = []
  /// Patterns that have to be run on every text: nothing is known that they require, or nothing
  /// rare enough.
  private(set) var unfiltered: [Int] = []

  /// - Parameters:
  ///   - required: for each pattern the sets of strings of which a match contains one each.
  ///   - isFiltered: whether a pattern is to be looked for with the filter at all.
  init(
    _ required: [[[ClassString]]], sample: GramSample, isFiltered: (Int) -> Bool = { _ in true }
  ) {
    for pattern in required.indices {
      var best: (cost: Int, needles: [ChosenNeedle])?
      for set in required[pattern] where isFiltered(pattern) {
        guard let choice = Self.choose(set, pattern, sample) else { continue }
        if best.map({ choice.cost < $0.cost }) ?? true { best = choice }
      }
      if let best {
        needles += best.needles
      } else {
        unfiltered.append(pattern)
      }
    }
  }

  /// The cheapest grams for every string of a set; nil if one of them has none.
  private static func choose(
    _ set: [ClassString], _ pattern: Int, _ sample: GramSample
  ) -> (cost: Int, needles: [ChosenNeedle])? {
    var cost = 0
    var needles: [ChosenNeedle] = []
    for string in set {
      let grams = StringGrams(string)
      var offsets: [Int] = []
      for parity in 0...1 {
        var best: (cost: Int, offset: Int)?
        for offset in stride(from: parity, to: grams.count, by: 2)
        where grams.count(at: offset) <= StringGrams.limit {
          let price = sample.cost(of: grams, at: offset)
          if best.map({ price < $0.cost }) ?? true { best = (price, offset) }
        }
        guard let best else { return nil }
        cost += best.cost
        offsets.append(best.offset)
      }
      needles.append(ChosenNeedle(string: string, pattern: pattern, offsets: offsets))
    }
    return (cost, needles)
  }
}
