/// A record on its way into a log: written at once, whole lines, at its time.
struct DemoRecord {
  let file: DemoFile
  let timeMicroseconds: Int64
  /// The place in the order of creation; it decides between records of the same time.
  let order: Int
  let bytes: [UInt8]
  let marks: Marks

  func precedes(_ other: DemoRecord) -> Bool {
    (timeMicroseconds, order) < (other.timeMicroseconds, other.order)
  }
}

/// Records that wait for their time: a binary heap, earliest first. Adding and taking cost
/// O(log n); n is what a few seconds of requests leave behind.
struct RecordQueue {
  private var heap: [DemoRecord] = []

  var first: DemoRecord? { heap.first }

  mutating func add(_ record: DemoRecord) {
    heap.append(record)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func takeFirst() -> DemoRecord? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return first }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(heap[parent]) else { return first }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
