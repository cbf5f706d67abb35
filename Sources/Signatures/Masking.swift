/// Replaces what differs from line to line by `<*>`: numbers in any notation, hashes, UUIDs,
/// addresses of networks and memory, paths, URLs, hosts, e-mail, times and dates, sizes, durations.
///
/// One pass over the message decides word by word; a word is a run of bytes between blanks and
/// brackets. Of a word that holds a number its beginning and end stay (`blk_-12_3` becomes
/// `blk_<*>`), so that what it names can still be read. Neighbours that look the same become one,
/// which makes lists of any length equal. Masking masked text changes nothing.
package struct Masking: Sendable {
  let units = WordSet(
    "B KB kB MB GB TB KiB MiB GiB TiB ns us ms s sec secs second seconds m min mins minute minutes h hr"
      + " hour hours day days AM PM am pm UTC GMT CET CEST EST EDT CST CDT PST PDT MST MDT BST JST IST"
  )
  let months = WordSet("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
  let weekdays = WordSet("Mon Tue Wed Thu Fri Sat Sun")
  let topDomains = WordSet(
    "com net org edu gov mil info biz io dev app local internal lan corp cloud")
  let packageRoots = WordSet(
    "com org net io edu java javax jakarta sun jdk scala kotlin android akka")
  var output = [UInt8](repeating: 0, count: 2 * Limits.messageBytes + 64)
  /// How much of the output is in use.
  var count = 0
  /// Where the last word with a mask lies in the output; empty when there is none.
  var maskStart = 0
  var maskEnd = 0

  package init() {}

  /// The message as masked last.
  package var masked: Span<UInt8> {
    @_lifetime(borrow self)
    get { output.span.extracting(0..<count) }
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

  mutating func clear() {
    count = 0
    maskStart = 0
    maskEnd = 0
  }

  /// Masks `text` behind what is masked already, one blank between them.
  mutating func append(_ text: Span<UInt8>) {
    let room = min(text.count, (output.count - 64 - count) / 2)
    guard room > 0 else { return }
    if count > 0 {
      output[count] = 0x20
      count += 1
    }
    // Taken out so that the pass holds the only reference to it.
    var bytes: [UInt8] = []
    swap(&bytes, &output)
    var span = bytes.mutableSpan
    run(text.extracting(0..<room), &span)
    swap(&bytes, &output)
    while count > 0, output[count - 1] == 0x20 { count -= 1 }
  }

  private mutating func run(_ text: Span<UInt8>, _ out: inout MutableSpan<UInt8>) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if ByteTraits.of(byte) != 0 {
        index = takeWord(text, from: index, &out)
        continue
      }
      if byte.isBlank {
        if count > 0, out[count - 1] != 0x20 {
          out[count] = 0x20
          count += 1
        }
      } else if byte == 0x3A, let end = leadingColons(text, index) {
        index = mask(text, index, end, &out)
        continue
      } else if byte == 0x1B {
        index = endOfEscape(text, index)
        continue
      } else {
        out[count] = byte
        count += 1
      }
      index += 1
    }
  }

  /// Behind a terminal's colour sequence.
  private func endOfEscape(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start + 1 < text.count, text[start + 1] == UInt8(ascii: "[") else { return start + 1 }
    var index = start + 2
    while index < text.count, !text[index].isLetter { index += 1 }
    return min(index + 1, text.count)
  }

  /// Writes one word, masked where it must be; returns where the next one may begin.
  @inline(__always)
  private mutating func takeWord(
    _ text: Span<UInt8>, from start: Int, _ out: inout MutableSpan<UInt8>
  ) -> Int {
    var index = start
    var write = count
    var seen: UInt8 = 0
    while index < text.count {
      let byte = text[index]
      let traits = ByteTraits.of(byte)
      if traits == 0 {
        guard byte == 0x3A || byte == 0x2C || byte == 0x3D,
          let end = glued(text, start, index)
        else { break }
        if end > index + 1 { return mask(text, start, end, &out) }
      }
      seen |= traits
      out[write] = byte
      write += 1
      index += 1
    }
    let plain = ByteTraits.letter | ByteTraits.beyondHex | ByteTraits.mark
    if seen & ~plain == 0 {
      if seen & ByteTraits.letter == 0 { return takeMarks(text, start..<index, &out) }
      let length = index - start
      if seen & ByteTraits.beyondHex == 0, seen & ByteTraits.mark == 0, length >= 8 {
        return mask(text, start, index, &out)
      }
      if count == maskEnd + 1 || length == 3, isPartOfMask(text, start..<index, out) {
        return mask(text, start, index, &out)
      }
      count = write
      return index
    }
    return takeMixed(text, start..<index, seen, &out)
  }
}
