/// Windows by index, from the first to the last that was added to; those between exist.
struct WindowRow: Sendable {
  /// Window `base` comes first.
  var windows: [Window] = []
  private var base = 0
  /// The first index that was asked for; what lies before it is room.
  private var first = 0

  /// The span of indices in use; empty before the first window.
  var indices: Range<Int> { first..<(base + windows.count) }

  /// The window at `index`; an empty one outside of `indices`.
  subscript(index: Int) -> Window {
    indices.contains(index) ? windows[index - base] : Window()
  }

  /// The place in `windows` of the window at `index`, which is made if there is none. Amortised O(1) at
  /// both ends.
  mutating func place(of index: Int) -> Int {
    if windows.isEmpty {
      base = index
      first = index
    }
    first = min(first, index)
    if index < base {
      // As much again, so that a log that is read backwards costs no more than one read forwards.
      let room = max(base - index, windows.count)
      windows.insert(contentsOf: repeatElement(Window(), count: room), at: 0)
      base -= room
    }
    while base + windows.count <= index { windows.append(Window()) }
    return index - base
  }
}
