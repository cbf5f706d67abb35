/// Counts that were made elsewhere: simulated ones, or those of another timeline of the same plan.
extension Timeline {
  /// Adds a whole window's counts to the window at `index`; one outside of the plan is left out.
  ///
  /// Routes, samples before the release and times of records stay as they are.
  package mutating func merge(_ window: Window, at index: Int) {
    let phase = plan.phase(of: index)
    guard phase != .outside, index < ceiling else {
      outsideLines += window.lines
      return
    }
    if index < 0 { baselineLines += window.lines } else { candidateLines += window.lines }
    row.elements[row.place(of: index)].merge(window)
  }
}
