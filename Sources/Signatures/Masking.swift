/// Replaces what differs from line to line by `<*>`: numbers in any notation, hashes, UUIDs,
/// addresses of networks and memory, paths, URLs, hosts, e-mail, times and dates, sizes, durations.
///
/// One pass over the message decides word by word; a word is a run of bytes between blanks and
/// brackets. Of a word that holds a number its beginning and end stay (`blk_-12_3` becomes
/// `blk_<*>`), so that what it names can still be read. Neighbours that look the same become one,
/// which makes lists of any length equal. Masking masked text changes nothing.
package struct Masking: Sendable {
  private var output = [UInt8](repeating: 0, count: 2 * Limits.messageBytes + 64)
  private var pass = MaskingPass()

  package init() {}

  /// The message as masked last.
  package var masked: Span<UInt8> {
    @_lifetime(borrow self)
    get { output.span.extracting(0..<pass.count) }
  }

  /// Masks a message: of a JSON object the values that are its message, of other text all of it, up
  /// to `Limits.messageBytes`.
  ///
  /// - Complexity: linear; allocates nothing.
  package mutating func mask(_ message: Span<UInt8>) {
    clear()
    if message.count > 1, message[0] == UInt8(ascii: "{") {
      var fields = JSONMessage(message)
      var found = false
      while let range = fields.next(in: message) {
        append(message.extracting(range))
        found = true
      }
      if found { return }
    }
    append(message)
  }

  /// Forgets the message.
  mutating func clear() { pass.clear() }

  /// Masks `text` behind what is masked already, one blank between them.
  mutating func append(_ text: Span<UInt8>) { Self.append(text, to: &output, &pass) }

  private static func append(
    _ text: Span<UInt8>, to output: inout [UInt8], _ pass: inout MaskingPass
  ) {
    // A mask is longer than a digit: what is masked takes at most twice the room.
    let room = min(text.count, (output.count - 64 - pass.count) / 2)
    guard room > 0 else { return }
    MaskedOutput.write(to: &output) { pass.run(text.extracting(0..<room), $0) }
  }
}
