/// The state of masking one message: what is written, and where the last mask stands.
struct MaskingPass: Sendable {
  /// How much of the output is in use.
  var count = 0
  /// Where the last word with a mask lies in the output; empty when there is none.
  var maskStart = 0
  var maskEnd = 0

  mutating func clear() {
    count = 0
    maskStart = 0
    maskEnd = 0
  }

  /// Writes `text`, masked, behind what is written.
  mutating func run(_ text: Span<UInt8>, _ out: MaskedOutput) {
    if count > 0 {
      out[count] = 0x20
      count += 1
    }
    var index = 0
    while index < text.count {
      let byte = text[index]
      if ByteTraits.of(byte) != 0 {
        index = takeWord(text, from: index, byte.isDecimal, out)
        continue
      }
      if byte.isBlank {
        if count > 0, out[count - 1] != 0x20 {
          out[count] = 0x20
          count += 1
        }
      } else if byte == 0x3A, let end = leadingColons(text, index) {
        index = mask(text, index, end, out)
        continue
      } else if byte == 0x3A, startsStatement(text, index, out) {
        out[count] = byte
        out[count + 1] = 0x20
        count += 2
        index = mask(text, index, text.count, out)
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
    while count > 0, out[count - 1] == 0x20 { count -= 1 }
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
    _ text: Span<UInt8>, from start: Int, _ isNumber: Bool, _ out: MaskedOutput
  ) -> Int {
    var index = start
    var write = count
    var seen: UInt8 = 0
    while !isNumber, let run = LetterRun(text, at: index), run.count > 0 {
      // What is more than the run is written over by what comes next.
      out.store(run.bytes, at: write)
      if run.isWord, index == start, count != maskEnd + 1 {
        // A short word and its blank, which is most of them.
        count += run.count + 1
        return index + run.count + 1
      }
      seen |= run.isBeyondHex ? ByteTraits.letter | ByteTraits.beyondHex : ByteTraits.letter
      index += run.count
      write += run.count
      if run.count < 8 { break }
    }
    let written = index
    while index < text.count {
      // SAFETY: 0 <= index < count.
      let byte = unsafe text[unchecked: index]
      let traits = ByteTraits.of(byte)
      if traits == 0 {
        guard byte == 0x3A || byte == 0x2C || byte == 0x3D,
          let end = glued(text, start, index, seen)
        else { break }
        if end > index + 1 { return mask(text, start, end, out) }
      }
      seen |= traits
      index &+= 1
    }
    let plain = ByteTraits.letter | ByteTraits.beyondHex | ByteTraits.mark
    if seen == ByteTraits.digit { return mask(text, start, index, out) }
    if seen & ~plain != 0 { return takeMixed(text, start..<index, written: written, seen, out) }
    if seen & ByteTraits.letter == 0 { return takeMarks(text, start..<index, out) }
    let length = index - start
    if seen & (ByteTraits.beyondHex | ByteTraits.mark) == 0, length >= 8 {
      return mask(text, start, index, out)
    }
    if count == maskEnd + 1 || length == 3 && text[start].isUpper,
      isPartOfMask(text, start..<index, out)
    {
      return mask(text, start, index, out)
    }
    copy(text, written..<index, at: write, out)
    count = write + (index - written)
    guard index < text.count, text[index] == 0x20 else { return index }
    out[count] = 0x20
    count += 1
    return index + 1
  }

  @inline(__always)
  func copy(
    _ text: Span<UInt8>, _ range: Range<Int>, at place: Int, _ out: MaskedOutput
  ) {
    var write = place
    for index in range {
      out[write] = text[index]
      write += 1
    }
  }
}
