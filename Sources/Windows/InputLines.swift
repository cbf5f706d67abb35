/// Physical lines of each input by window, so that one that falls silent is seen while others go on.
///
/// The first `Limits.inputsTracked` inputs are counted apart; the others are not.
package struct InputLines: Sendable {
  private struct Row: Sendable {
    var lines = IndexedRow<UInt32>(empty: 0)
    var hasRequests = false
  }

  private var rows: [Row] = []

  /// Inputs of which something is known.
  package var inputs: Range<Int> { 0..<rows.count }

  /// Whether a finished request was ever read from an input.
  package func hasRequests(_ input: Int) -> Bool { rows[input].hasRequests }

  /// Lines of one input in one window.
  package func lines(of input: Int, in window: Int) -> Int { Int(rows[input].lines[window]) }

  /// Whether some input began in `window` or behind it.
  package func hasBegun(since window: Int) -> Bool {
    rows.contains { !$0.lines.indices.isEmpty && $0.lines.indices.lowerBound >= window }
  }

  mutating func add(_ lines: Int, of input: Int, in window: Int, isRequest: Bool) {
    guard input < Limits.inputsTracked else { return }
    while rows.count <= input { rows.append(Row()) }
    let place = rows[input].lines.place(of: window)
    rows[input].lines.elements[place] &+= UInt32(clamping: lines)
    if isRequest { rows[input].hasRequests = true }
  }

  mutating func merge(_ other: InputLines) {
    while rows.count < other.rows.count { rows.append(Row()) }
    for (input, row) in other.rows.enumerated() {
      if row.hasRequests { rows[input].hasRequests = true }
      for window in row.lines.indices where row.lines[window] > 0 {
        let place = rows[input].lines.place(of: window)
        rows[input].lines.elements[place] &+= row.lines[window]
      }
    }
  }
}
