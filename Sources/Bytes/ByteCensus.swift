/// How many newlines some bytes have, and whether a NUL is among them: one look at what decides how
/// a block of lines can be taken.
package struct ByteCensus {
  package private(set) var newlines = 0
  package private(set) var hasNul = false

  /// - Complexity: linear; the compiler makes vector code of the inner loop, which two calls of
  ///   memchr(3) a line do not match.
  package init(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      // The counter of one run is a byte, so that it is as wide as what it counts.
      let end = min(start + 240, bytes.count)
      var found: UInt8 = 0
      var least = UInt8.max
      for index in start..<end {
        let byte = bytes[index]
        found &+= byte == 0x0A ? 1 : 0
        least = byte < least ? byte : least
      }
      newlines += Int(found)
      if least == 0 { hasNul = true }
      start = end
    }
  }
}
