import CPCRE2

/// What one attempt to match gave.
package enum MatchOutcome: Sendable, Equatable {
  case matched
  case unmatched
  /// PCRE2 gave up: a limit was reached, or the subject could not be matched. Its error number.
  case failed(Int32)
}

/// What PCRE2 needs beside a pattern and a subject: the groups of the last match, the limits and
/// the stack. Each worker has one and uses it for all patterns.
@safe package struct MatchScratch: ~Copyable {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  /// Pairs of offsets, two for each group, inside `data`.
  private let offsets: UnsafeMutablePointer<Int>
  /// Stands for an empty subject, which has no address of its own.
  private let nothing: UnsafeMutablePointer<UInt8>
  /// One more than the highest group that the last match set.
  private var setCount = 0
  /// Bytes of the last subject.
  private var subjectBytes = 0

  /// - Parameter groupCount: the largest number of groups among the patterns to come.
  package init(groupCount: Int) {
    // SAFETY: all four are freed in `deinit`; creation fails only when memory is exhausted.
    guard
      let data = unsafe pcre2_match_data_create_8(UInt32(groupCount + 1), nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { preconditionFailure("PCRE2 could not allocate a few hundred bytes") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe offsets = pcre2_get_ovector_pointer_8(data)
    unsafe nothing = .allocate(capacity: 1)
    unsafe nothing.initialize(to: 0)
    unsafe stack = pcre2_jit_stack_create_8(
      Limits.jitStackStartBytes, Limits.jitStackBytes, nil)
    unsafe pcre2_set_match_limit_8(context, Limits.matchSteps)
    unsafe pcre2_set_depth_limit_8(context, Limits.matchDepthPoints)
    unsafe pcre2_set_heap_limit_8(context, Limits.matchHeapKibibytes)
    // SAFETY: without a callback the third argument is the stack itself.
    if let stack = unsafe stack { unsafe pcre2_jit_stack_assign_8(context, nil, stack.raw) }
  }

  deinit {
    // SAFETY: this is the only owner; the context refers to the stack, so it goes first.
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_match_data_free_8(data)
    if let stack = unsafe stack { unsafe pcre2_jit_stack_free_8(stack) }
    unsafe nothing.deallocate()
  }

  /// Searches `subject` for the first match of a pattern.
  ///
  /// - Complexity: bounded by `Limits.matchSteps`.
  mutating func match(_ pattern: PatternReference, _ subject: Span<UInt8>) -> MatchOutcome {
    // SAFETY: PCRE2 reads the bytes of `subject` during the call only, and writes to `data`, which
    // no one else uses while this method holds `self` exclusively.
    // The compiled code is called directly, which saves 10 ns of checks: patterns allow invalid
    // UTF-8, and no option is given.
    let status = unsafe subject.withUnsafeBufferPointer { bytes in
      let start = unsafe bytes.baseAddress ?? UnsafePointer(nothing)
      return pattern.isCompiled
        ? unsafe pcre2_jit_match_8(pattern.code, start, bytes.count, 0, 0, data, context)
        : unsafe pcre2_match_8(pattern.code, start, bytes.count, 0, 0, data, context)
    }
    setCount = max(0, Int(status))
    subjectBytes = subject.count
    if status >= 0 { return .matched }
    return status == PCRE2_ERROR_NOMATCH ? .unmatched : .failed(status)
  }

  /// Where group `number` of the last match lies in its subject; nil when it took no part.
  func range(ofGroup number: Int) -> Range<Int>? {
    guard number < setCount else { return nil }
    // SAFETY: `setCount` never exceeds the number of pairs in `data`. An unset pair is all ones.
    let start = unsafe offsets[2 * number]
    let end = unsafe offsets[2 * number + 1]
    // PCRE2 10.42 can end a match behind its subject: `(?i)[^s]` before an unfinished character.
    return start >= 0 && start <= min(end, subjectBytes) ? start..<min(end, subjectBytes) : nil
  }
}

/// Unchecked because of the raw pointers inside: they have one owner, which may move to a worker.
extension MatchScratch: @unchecked Sendable {}

extension OpaquePointer {
  fileprivate var raw: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(self) }
}
