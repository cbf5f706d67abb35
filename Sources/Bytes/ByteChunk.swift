/// A buffer of fixed capacity that is filled again and again: the chunk of the pipeline.
package struct ByteChunk: ~Copyable, Sendable {
  private var storage: [UInt8]
  /// How many bytes, from the front, hold data.
  package private(set) var count = 0

  /// Capacity in bytes.
  package init(capacity: Int) {
    precondition(capacity > 0, "a chunk holds at least one byte")
    storage = [UInt8](repeating: 0, count: capacity)
  }

  package var capacity: Int { storage.count }
  package var isFull: Bool { count == storage.count }

  /// The bytes that hold data.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: count) }
  }

  /// Forgets the data; the capacity stays.
  package mutating func clear() {
    count = 0
  }

  /// Lets `fill` write into the whole buffer from the index it is given on, which is where the data
  /// ends; it returns how many bytes it wrote.
  @discardableResult
  package mutating func append<E: Error>(
    _ fill: (inout MutableSpan<UInt8>, Int) throws(E) -> Int
  ) throws(E) -> Int {
    let start = count
    var whole = storage.mutableSpan
    let written = try fill(&whole, start)
    precondition(
      written >= 0 && written <= storage.count - count, "a fill wrote more than the chunk holds")
    count += written
    return written
  }
}
