/// Finds the values of a JSON object that say what happened: of keys such as `msg`, `error` and
/// `event`, at its first level. Two objects of equal keys are not one kind because of their keys.
struct JSONMessage {
  private var index = 1
  private var found = 0

  init(_ text: Span<UInt8>) {}

  /// The inside of the next string that is part of the message. Linear in what it passes.
  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    guard found < Limits.messageFields else { return nil }
    var depth = 1
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case 0x22:
        guard let key = takeString(text) else { return nil }
        guard depth == 1, takeColon(text), index < text.count else { continue }
        guard text[index] == 0x22 else { continue }
        guard let value = takeString(text) else { return nil }
        if Self.isMessageKey(text, key), !value.isEmpty {
          found += 1
          return value
        }
        continue
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The inside of the string whose opening quote is at `index`; moves behind it.
  private mutating func takeString(_ text: Span<UInt8>) -> Range<Int>? {
    let start = index + 1
    index = start
    while index < text.count, text[index] != 0x22 {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < text.count else { return nil }
    index += 1
    return start..<index - 1
  }

  private mutating func takeColon(_ text: Span<UInt8>) -> Bool {
    while index < text.count, text[index].isBlank { index += 1 }
    guard index < text.count, text[index] == UInt8(ascii: ":") else { return false }
    index += 1
    while index < text.count, text[index].isBlank { index += 1 }
    return true
  }

  private static let keys: [[UInt8]] = [
    "msg", "message", "error", "err", "event", "exception", "reason", "detail", "log", "text",
    "error_message", "errmsg", "description", "title", "short_message", "@message",
  ].map { Array($0.utf8) }

  private static func isMessageKey(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    keys.contains { key in
      guard key.count == range.count else { return false }
      for offset in key.indices where text[range.lowerBound + offset] | 0x20 != key[offset] | 0x20 {
        return false
      }
      return true
    }
  }
}
