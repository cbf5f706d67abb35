/// Every bound of this target in one place. Reaching one is counted and shown, never silent.
package enum Limits {
  /// Rules of all packs together.
  package static let rules = 10_000
  /// Bytes of one pattern.
  package static let patternBytes = 65_536
  /// Groups of one pattern, numbered ones included.
  package static let capturesPerRule = 64
  /// Bytes of one rule file.
  package static let ruleFileBytes = 4 << 20
  /// How deep lists and mappings of a rule file may nest.
  package static let yamlNestingLevels = 64
  /// Words, brackets and operators of one condition.
  package static let conditionTokens = 512
  /// How deep the parentheses of a condition may nest.
  package static let conditionNestingLevels = 32
  /// Steps that PCRE2 may take for one record (its match limit).
  package static let matchSteps: UInt32 = 100_000
  /// Backtracking points that PCRE2's interpreter may hold; its compiled code does not use them.
  package static let matchDepthPoints: UInt32 = 20_000
  /// Heap that PCRE2's interpreter may take for one match.
  package static let matchHeapKibibytes: UInt32 = 8_192
  /// First and largest size of the stack that compiled patterns run on.
  package static let jitStackStartBytes = 32 << 10
  package static let jitStackBytes = 1 << 20
  /// How often a rule may exceed a match limit before it is suspended.
  package static let limitHitsPerRule = 100
  /// Bytes of a normalised route.
  package static let routeBytes = 256
  /// Characters of a rule file's line that a problem shows.
  package static let problemLineCharacters = 160
}
