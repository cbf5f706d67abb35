import CPCRE2

/// Why PCRE2 does not accept a pattern.
package struct PatternError: Error, Sendable, Equatable {
  /// PCRE2's own words, such as `missing closing parenthesis`.
  package let message: String
  /// Byte of the pattern at which it was noticed.
  package let offset: Int
}

/// Owner of one compiled PCRE2 pattern.
///
/// Patterns see bytes: UTF-8 where it is valid, and nothing matches across an invalid byte
/// (`PCRE2_MATCH_INVALID_UTF`). `^` and `$` stand at every line of the subject, a line ends at LF
/// only, and `\w \d \s \b` are ASCII unless the pattern says `(*UCP)`. See pcre2api(3).
@safe package struct Pattern: ~Copyable {
  /// The `pcre2_code`. It is never written after `init`, so threads may share it.
  let code: OpaquePointer
  /// Whether the just-in-time compiler made code of it.
  let isCompiled: Bool
  /// Number of groups, named or not, without the whole match.
  package let groupCount: Int
  /// No subject with fewer bytes can match.
  package let minimumBytes: Int
  /// Named groups in the order of their numbers. A name occurs twice only under `(?J)`.
  package let names: [(name: String, group: Int)]

  /// Compiles `text`, for the just-in-time compiler too where there is one.
  ///
  /// - Throws: `PatternError` with the byte at fault.
  package init(_ text: String) throws(PatternError) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Limits.patternBytes else {
      throw PatternError(
        message: "the pattern has \(bytes.count) bytes; at most \(Limits.patternBytes) are allowed",
        offset: 0)
    }
    let options =
      UInt32(PCRE2_UTF) | UInt32(PCRE2_MATCH_INVALID_UTF) | UInt32(PCRE2_MULTILINE)
    var number: Int32 = 0
    var offset = 0
    // SAFETY: the context is freed below; PCRE2 reads `bytes.count` bytes of `bytes` and copies
    // what it needs, and writes the two numbers.
    let context = unsafe pcre2_compile_context_create_8(nil)
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    let compiled = unsafe bytes.withUnsafeBufferPointer { pattern in
      unsafe pcre2_compile_8(
        pattern.baseAddress, pattern.count, options, &number, &offset, context)
    }
    unsafe pcre2_compile_context_free_8(context)
    guard let code = unsafe compiled else {
      throw PatternError(message: Pattern.message(number), offset: min(offset, bytes.count))
    }
    // SAFETY: `code` is a compiled pattern. Without a just-in-time compiler this fails, and
    // pcre2_match interprets the pattern instead.
    _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    unsafe self.code = code
    // `(*NO_JIT)` is no error, and makes no code.
    var codeBytes = 0
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_JITSIZE), &codeBytes)
    isCompiled = codeBytes > 0
    unsafe groupCount = Int(Pattern.number(code, UInt32(PCRE2_INFO_CAPTURECOUNT)))
    unsafe minimumBytes = Int(Pattern.number(code, UInt32(PCRE2_INFO_MINLENGTH)))
    unsafe names = Pattern.names(code)
  }

  deinit {
    // SAFETY: this is the only owner.
    unsafe pcre2_code_free_8(code)
  }

  /// What PCRE2 calls error `number`.
  package static func message(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    // SAFETY: PCRE2 writes at most `capacity` bytes, its closing zero included.
    let length = unsafe buffer.withUnsafeMutableBufferPointer {
      unsafe pcre2_get_error_message_8(number, $0.baseAddress, $0.count)
    }
    guard length > 0 else { return "PCRE2 error \(number)" }
    return String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
  }

  private static func number(_ code: OpaquePointer, _ what: UInt32) -> UInt32 {
    var value: UInt32 = 0
    // SAFETY: all properties asked for are 32-bit numbers (pcre2_pattern_info(3)).
    let status = unsafe pcre2_pattern_info_8(code, what, &value)
    precondition(status == 0, "PCRE2 knows the property of its own pattern")
    return value
  }

  /// The name table: entries of fixed size, two bytes of group number, then the name and a zero.
  private static func names(_ code: OpaquePointer) -> [(name: String, group: Int)] {
    let count = unsafe Int(number(code, UInt32(PCRE2_INFO_NAMECOUNT)))
    let size = unsafe Int(number(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE)))
    var table: UnsafePointer<UInt8>?
    // SAFETY: this property is a pointer into the pattern, valid while the pattern lives.
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard count > 0, let table = unsafe table else { return [] }
    // SAFETY: the table holds `count` entries of `size` bytes.
    let bytes = unsafe UnsafeBufferPointer(start: table, count: count * size)
    var names: [(name: String, group: Int)] = []
    for entry in 0..<count {
      let start = entry * size
      let group = unsafe Int(bytes[start]) << 8 | Int(bytes[start + 1])
      let name = unsafe bytes[(start + 2)..<(start + size)].prefix { $0 != 0 }
      unsafe names.append((String(decoding: name, as: UTF8.self), group))
    }
    return names.sorted { $0.group < $1.group }
  }
}

/// A pattern without a reference count, for the loop over all rules of a record.
///
/// Safe by a promise: whoever keeps one keeps the `CompiledPattern` too, as a rule set does.
@safe struct PatternReference {
  let code: OpaquePointer
  let isCompiled: Bool

  init(_ pattern: borrowing Pattern) {
    // SAFETY: the pointer is only read through while its owner lives; see above.
    unsafe code = pattern.code
    isCompiled = pattern.isCompiled
  }
}

/// A pattern in a box, since an array holds no noncopyable values.
///
/// Unchecked because of the raw pointer inside: it is immutable, and PCRE2 lets threads share a
/// compiled pattern (pcre2api(3), "Multithreading").
package final class CompiledPattern: @unchecked Sendable {
  package let pattern: Pattern
  /// As the rule file writes it.
  package let text: String

  /// - Throws: `PatternError` with the byte at fault.
  package init(_ text: String) throws(PatternError) {
    pattern = try Pattern(text)
    self.text = text
  }
}
