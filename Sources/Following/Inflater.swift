import Bytes
import CZlib

/// What one call of `Inflater.inflate` came to.
enum InflateStep: Equatable {
  /// Bytes moved, or more input is needed.
  case running
  /// The member ended here and its checksum agrees.
  case memberEnd
  /// The member is damaged; zlib's word for it.
  case corrupt(String)
}

/// One gzip decompressor of zlib.
///
/// zlib keeps a pointer back to the stream it was given, so the stream lives on the heap and never
/// moves, and this value owns it.
@safe struct Inflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    // SAFETY: allocated here, initialised before use, freed once in deinit.
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // SAFETY: the stream is zeroed, as zlib asks, which selects its own allocator.
    let status = unsafe tidemark_inflate_init_gzip(stream)
    precondition(status == Z_OK, "zlib could not start: out of memory or a different version")
  }

  deinit {
    // SAFETY: initialised in init and not used after this.
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Makes ready for the next member.
  mutating func reset() {
    // SAFETY: the stream was initialised in init.
    unsafe inflateReset(stream)
  }

  /// Unpacks from `input` into `output` from its index `start` on. Returns the bytes consumed and
  /// produced, which are valid even if the member turns out to be damaged.
  mutating func inflate(
    _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>, from start: Int
  ) -> (step: InflateStep, consumed: Int, produced: Int) {
    precondition(start >= 0 && start <= output.count, "unpacking starts inside the buffer")
    let inputCount = min(input.count, Int(UInt32.max))
    let room = min(output.count - start, Int(UInt32.max))
    // SAFETY: both buffers outlive the call, their lengths are the ones given to zlib, and zlib
    // only reads through `next_in` although its type has no const.
    let status = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(inputCount)
        unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    // SAFETY: plain numbers of a live stream; the borrowed addresses are forgotten at once.
    let consumed = inputCount - Int(unsafe stream.pointee.avail_in)
    let produced = room - Int(unsafe stream.pointee.avail_out)
    unsafe stream.pointee.next_in = nil
    unsafe stream.pointee.next_out = nil
    switch status {
    case Z_OK, Z_BUF_ERROR: return (.running, consumed, produced)
    case Z_STREAM_END: return (.memberEnd, consumed, produced)
    default: return (.corrupt(complaint), consumed, produced)
    }
  }

  private var complaint: String {
    // SAFETY: `msg` is nil or a constant string of zlib.
    if let text = unsafe stream.pointee.msg { return unsafe String(cString: text) }
    return "unreadable data"
  }
}
