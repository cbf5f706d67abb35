extension InputLines {
  /// Adds windows of another set of inputs, moved by so many windows.
  mutating func take(_ other: InputLines, windows range: Range<Int>, movedBy shift: Int) {
    for input in other.inputs {
      let hasRequests = other.hasRequests(input)
      for window in range {
        let lines = other.lines(of: input, in: window)
        guard lines > 0 else { continue }
        add(lines, of: input, in: window + shift, isRequest: hasRequests)
      }
    }
  }
}
