package import Rules

/// Counts and sums by measure. A log feeds a few dozen of the hundreds that all packs have, so only
/// those that are not zero are kept: a month of windows would not fit into memory otherwise.
package struct MeasureAmounts: Sendable, Equatable {
  private struct Entry: Sendable, Equatable {
    var measure: UInt32
    var amount: Double
  }

  /// In the order of their measures.
  private var entries: [Entry] = []

  package init() {}

  /// The amount of a measure; 0 is not kept. O(log of the measures in use), O(n) for a new one.
  package subscript(measure: MeasureID) -> Double {
    get {
      let place = place(of: measure)
      return isAt(place, measure) ? entries[place].amount : 0
    }
    set {
      let place = place(of: measure)
      if isAt(place, measure) {
        entries[place].amount = newValue
      } else if newValue != 0 {
        entries.insert(Entry(measure: UInt32(measure), amount: newValue), at: place)
      }
    }
  }

  /// The amounts that are not zero, in the order of their measures.
  package var filled: [(measure: MeasureID, amount: Double)] {
    entries.filter { $0.amount != 0 }.map { (Int($0.measure), $0.amount) }
  }

  /// Adds all amounts of another.
  package mutating func merge(_ other: MeasureAmounts) {
    guard !entries.isEmpty else {
      entries = other.entries
      return
    }
    for entry in other.entries { self[Int(entry.measure)] += entry.amount }
  }

  private func isAt(_ place: Int, _ measure: MeasureID) -> Bool {
    place < entries.count && entries[place].measure == UInt32(measure)
  }

  private func place(of measure: MeasureID) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].measure < UInt32(measure) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
