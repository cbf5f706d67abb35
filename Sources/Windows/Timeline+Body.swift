/// Where a log really begins and ends.
///
/// A line or two that lie an hour from all others carry a wrong clock or are left over from another
/// day. Taken at its word such a line would stretch the baseline, or the watch, over hours in which
/// nothing was logged, and every rate per time would be wrong.
extension Timeline {
  private var strayGap: Int {
    max(1, Int(Limits.strayNanoseconds / max(1, plan.widthNanoseconds)))
  }

  /// Index of the first window of the baseline, stray lines before it left out; 0 without any.
  package var bodyStart: Int {
    var start = firstIndex
    var lines = 0
    var candidate = start
    for index in firstIndex..<0 where self[index].lines > 0 {
      if lines > 0, lines <= Limits.strayLines, index - candidate > strayGap {
        start = index
        lines = 0
      }
      lines += self[index].lines
      candidate = index
      if lines > Limits.strayLines { break }
    }
    return start
  }

  /// Index behind the last window, stray lines behind it left out; 0 without any.
  package var bodyEnd: Int {
    var end = endIndex
    while end > 0 {
      var lines = 0
      var index = end - 1
      var earliest = end
      while index >= 0 {
        let count = self[index].lines
        if count > 0 {
          if lines > 0, earliest - index > strayGap { break }
          lines += count
          earliest = index
          if lines > Limits.strayLines { return end }
        }
        index -= 1
      }
      // Everything behind `index` is stray, unless there is nothing before it.
      guard index >= 0 else { return end }
      end = index + 1
    }
    return end
  }
}
