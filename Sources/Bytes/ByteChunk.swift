/// A buffer of fixed capacity that is filled again and again: the chunk of the pipeline.
package struct ByteChunk: ~Copyable, Sendable {
  private var storage: [UInt8]
  /// Where the data begins and ends in the storage.
  private var start = 0
  private var end = 0

  /// Capacity in bytes.
  package init(capacity: Int) {
    precondition(capacity > 0, "a chunk holds at least one byte")
    storage = [UInt8](repeating: 0, count: capacity)
  }

  package var capacity: Int { storage.count }
  /// How many bytes hold data.
  package var count: Int { end - start }
  package var isFull: Bool { end == storage.count }

  /// The bytes that hold data.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(start..<end) }
  }

  /// The bytes that hold data, in memory of their own.
  package func copy() -> [UInt8] { Array(storage[start..<end]) }

  /// Forgets the data; the capacity stays.
  package mutating func clear() {
    start = 0
    end = 0
  }

  /// Forgets so many bytes at the front of the data.
  package mutating func dropFirst(_ dropped: Int) {
    precondition(dropped >= 0 && dropped <= count, "only data can be dropped")
    start += dropped
  }

  /// Forgets so many bytes at the end of the data.
  package mutating func dropLast(_ dropped: Int) {
    precondition(dropped >= 0 && dropped <= count, "only data can be dropped")
    end -= dropped
  }

  /// Lets `fill` write into the whole buffer from the index it is given on, which is where the data
  /// ends; it returns how many bytes it wrote.
  @discardableResult
  package mutating func append<E: Error>(
    _ fill: (inout MutableSpan<UInt8>, Int) throws(E) -> Int
  ) throws(E) -> Int {
    let start = end
    var whole = storage.mutableSpan
    let written = try fill(&whole, start)
    precondition(
      written >= 0 && written <= storage.count - start, "a fill wrote more than the chunk holds")
    end += written
    return written
  }
}
