/// The bytes that masking writes to, as a value: a span handed on by reference is read anew behind
/// every byte that is written, which was a fifth of the time.
@safe struct MaskedOutput {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int

  /// Lets `body` write to the array's bytes. The output must not outlive the call.
  @inline(__always)
  static func write(to array: inout [UInt8], _ body: (MaskedOutput) -> Void) {
    // SAFETY: the array is held exclusively, and its memory stays, for the length of the call.
    unsafe array.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      body(unsafe MaskedOutput(base: base, capacity: bytes.count))
    }
  }

  @unsafe private init(base: UnsafeMutablePointer<UInt8>, capacity: Int) {
    unsafe self.base = unsafe base
    self.capacity = capacity
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity), "an index of the output")
      // SAFETY: 0 <= index < capacity.
      return unsafe base[index]
    }
    nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity), "an index of the output")
      // SAFETY: 0 <= index < capacity.
      unsafe base[index] = newValue
    }
  }

  /// Writes eight bytes, the lowest of `word` first.
  @inline(__always)
  func store(_ word: UInt64, at index: Int) {
    precondition(index >= 0 && index &+ 8 <= capacity, "eight bytes of the output")
    // SAFETY: the eight bytes lie inside; a raw store needs no alignment.
    unsafe UnsafeMutableRawPointer(base + index).storeBytes(
      of: word.littleEndian, as: UInt64.self)
  }
}
