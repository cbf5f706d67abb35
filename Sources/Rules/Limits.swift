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
  /// Bytes of a stream from which the grams to look for are chosen, and those that do for a start.
  static let sampleBytes = 1 << 20
  static let firstSampleBytes = 16 << 10
  /// After so many bytes it is looked whether the chosen grams are still rare.
  static let revisionBytes = 4 << 20
  /// How often they are chosen anew because the stream has changed.
  static let revisions = 16
  /// A pattern that more than one in so many lines may match is run on all of them. On a
  /// prototype a candidate cost about 155 ns, a line that was looked at directly about 35.
  static let denseShare = 5
  /// Bytes that are scanned before the candidates in them are looked at.
  static let scanBytes = 64 << 10
  /// Bytes of the lines that `rules test` tries to break a pattern with, of one unit and out of a
  /// rule's own sample.
  package static let hostileRunBytes = 10_000
  package static let hostilePumpBytes = 2_000
  /// Places of one sample at which something is repeated, and samples of a rule that are used so.
  static let hostilePlaces = 32
  static let hostileSamples = 3
  /// Letters and words of a pattern that hostile lines repeat.
  static let hostileLetters = 24
  static let hostileWords = 12
  /// Bytes of a log line that a proposed pattern covers.
  static let proposalBytes = 160
  /// Bytes of a normalised route.
  package static let routeBytes = 256
  /// Characters of a rule file's line that a problem shows.
  package static let problemLineCharacters = 160
  /// How deep the groups of a pattern may nest for its required strings to be looked for.
  package static let patternNestingLevels = 100
  /// Positions that such a pattern may have, and steps from one to another.
  package static let patternPositions = 4_000
  package static let patternSteps = 20_000
  /// Positions that the repetitions of one item may add.
  package static let repeatedPositions = 64
  /// Strings of one requirement.
  package static let requiredStrings = 64
  /// Positions of one required string.
  package static let requiredBytes = 24
  /// Positions that a required string may begin before the one it is looked for at.
  package static let requiredBytesBehind = 8
  /// Positions of a literal between two at which strings are looked for.
  package static let requiredBytesApart = 12
  /// Places in a row of a pattern, outside groups or in one, at which strings are looked for.
  package static let requirementPlaces = 24
  /// Ways to go on behind a required string before it ends instead.
  package static let movesPerPosition = 256
  /// Requirements that are offered for one pattern.
  package static let requirementChoices = 6
}
