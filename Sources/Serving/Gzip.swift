import CZlib

/// Packs the body of an answer for a client that asks for gzip (RFC 1952).
enum Gzip {
  /// Shorter bodies gain nothing.
  static let leastBytes = 1_024

  /// The bytes, packed; nil if zlib has no memory for it.
  static func pack(_ bytes: [UInt8]) -> [UInt8]? {
    // zlib keeps a pointer back to the stream, so it must not move.
    // SAFETY: initialised before use, and freed once.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    defer { unsafe stream.deallocate() }
    unsafe stream.initialize(to: z_stream())
    guard unsafe tidemark_deflate_init_gzip(stream) == Z_OK else { return nil }
    // SAFETY: the stream was initialised above.
    defer { _ = unsafe deflateEnd(stream) }
    var input = bytes
    let bound = Int(unsafe deflateBound(stream, UInt(bytes.count)))
    var output = [UInt8](repeating: 0, count: bound)
    // SAFETY: both buffers live for the call and their lengths are given.
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = source.baseAddress
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(target.count)
        return unsafe deflate(stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { return nil }
    output.removeLast(output.count - Int(unsafe stream.pointee.total_out))
    return output
  }
}
