/// One element a window, from the first to the last index that was added to; those between exist.
struct IndexedRow<Element: Sendable>: Sendable {
  /// The element of index `base` comes first.
  var elements: [Element] = []
  private let empty: Element
  private var base = 0
  /// The first index that was asked for; what lies before it is room.
  private var first = 0

  init(empty: Element) { self.empty = empty }

  /// The span of indices in use; empty before the first.
  var indices: Range<Int> { first..<(base + elements.count) }

  /// The element of `index`; an empty one outside of `indices`.
  subscript(index: Int) -> Element {
    indices.contains(index) ? elements[index - base] : empty
  }

  /// The place in `elements` of `index`, which is made if there is none. Amortised O(1) at both ends.
  mutating func place(of index: Int) -> Int {
    if elements.isEmpty {
      base = index
      first = index
    }
    first = min(first, index)
    if index < base {
      // As much again, so that a log that is read backwards costs no more than one read forwards.
      let room = max(base - index, elements.count)
      elements.insert(contentsOf: repeatElement(empty, count: room), at: 0)
      base -= room
    }
    while base + elements.count <= index { elements.append(empty) }
    return index - base
  }

  /// Forgets the elements before `index`. Linear in what is left.
  mutating func forget(before index: Int) {
    guard index > base else { return }
    elements.removeFirst(min(index - base, elements.count))
    base = index
    first = max(first, index)
  }

  /// Keeps the elements of `range` only, at indices that are larger by `shift`.
  mutating func move(_ range: Range<Int>, by shift: Int) {
    var moved = Self(empty: empty)
    for index in range.clamped(to: indices) {
      moved.elements[moved.place(of: index + shift)] = self[index]
    }
    self = moved
  }
}
