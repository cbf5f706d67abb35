/// How often the grams of a text fall on each place of a filter's table.
struct GramSample {
  private var counts = [UInt32](repeating: 0, count: 1 << GramFilter.tableBits)
  private(set) var grams = 0

  /// Counts every gram of a part of the text, at most `Limits.sampleBytes` in all.
  mutating func add(_ text: Span<UInt8>) {
    let end = min(text.count, Limits.sampleBytes - grams)
    guard end >= GramFilter.gramBytes else { return }
    var gram: UInt32 = 0
    for index in 0..<end {
      gram = gram >> 8 | UInt32(text[index]) << 24
      guard index >= GramFilter.gramBytes - 1 else { continue }
      counts[GramFilter.hash(gram | GramFilter.fold)] += 1
      grams += 1
    }
  }

  var isFull: Bool { grams + GramFilter.gramBytes > Limits.sampleBytes }

  /// Places of the sample that would be looked at for the grams at one place of a string. Where
  /// there is no sample, or it says nothing, fewer grams are better.
  func cost(of grams: StringGrams, at offset: Int) -> Int {
    var cost = 0
    grams.forEach(at: offset) { cost += Int(counts[GramFilter.hash($0)]) * Self.weight + 1 }
    return cost
  }

  /// A place that is looked at weighs as much as so many entries of the table.
  private static let weight = 16
}
