import Records

/// All rules in the form in which they are evaluated: flat arrays of plain numbers, so that a
/// record costs neither an allocation nor a reference count.
///
/// Unchecked because of the pattern pointers: the patterns are immutable, and the rule set that
/// holds this program keeps them alive.
struct MatchProgram: @unchecked Sendable {
  /// One rule, in the order of the rule set.
  struct Plan {
    /// Nil for a rule without a pattern.
    var pattern: PatternReference?
    /// No shorter text can match.
    var minimumBytes = 0
    /// The kinds of record that it looks at; all of them if zero.
    var gate: UInt128 = 0
    /// First step of what the condition asks of the record's own fields; it comes before the
    /// pattern, because it costs far less.
    var precondition: Int32 = ConditionStep.accept
    /// First step of the rest of the condition.
    var condition: Int32 = ConditionStep.accept
    var fields: Range<Int32> = 0..<0
    var contributions: Range<Int32> = 0..<0
    /// The capture that gives a request its route when its record has none.
    var routeSlot: Int32 = -1
    /// Its matches make a record without a severity an error record.
    var isError = false
  }

  /// Where a capture of a rule comes from.
  struct Slot {
    var groups: Range<Int32>
    var field: NormalisedField?
    var kind: CaptureKind
  }

  /// What a match adds to.
  struct Contribution {
    enum Target {
      /// One to a measure.
      case count(MeasureID)
      /// A capture to a measure.
      case sum(MeasureID)
      /// A capture to a histogram.
      case value(Int)
    }
    var target: Target
    var slot: Int32
    /// First step of the condition.
    var condition: Int32
  }

  /// A field that must have one of some values.
  struct FieldTest {
    var path: FieldPath
    var values: [[UInt8]]
    /// For a field that states a severity: those that are meant, however the record spells them.
    var severities: [Severity]
  }

  var plans: [Plan] = []
  /// First slot of each rule; its captures follow in their order.
  var slotStarts: [Int] = []
  var slots: [Slot] = []
  var groups: [Int32] = []
  var steps: [ConditionStep] = []
  var literals: [UInt8] = []
  var contributions: [Contribution] = []
  var fieldTests: [FieldTest] = []
  /// Formats that some rule asks for; the first has bit `GateBit.firstFormat`.
  var formats: [LineFormat] = []
  /// Rules that need to know whether the record is an error; they come after all others.
  var lateRules: [Int] = []
  /// What the pattern of each rule requires of a text: sets of strings of which a match contains one
  /// each. Empty for a rule without a pattern, which has to be looked at always.
  var requirements: [[[ClassString]]] = []
  /// The largest number of groups among the patterns.
  var groupCount = 0
  var measureCount = 0
  var histogramCount = 0
}

extension MatchProgram {
  /// What the pattern of each rule requires of a line; nil for a rule without a pattern.
  func lineRequirements() -> [[[ClassString]]?] {
    plans.indices.map { index in
      guard plans[index].pattern != nil else { return nil }
      return requirements[index].map { set in
        switch RequiredStrings.inLine(set) {
        case .oneOf(let strings): strings
        case .impossible: []
        }
      }
    }
  }
}

/// Kinds of record as bits of a mask.
enum GateBit {
  static let request: UInt128 = 1
  static let error: UInt128 = 2

  /// The bit of a kind of several lines; zero for records that are none.
  static func shape(_ shape: RecordShape) -> UInt128 {
    switch shape {
    case .pythonTraceback: 4
    case .javaTrace: 8
    case .nodeTrace: 16
    case .goPanic: 32
    case .single, .joined: 0
    }
  }

  /// Shift of the first format's bit.
  static let firstFormat = 8
}

/// One test of a condition, with where to go on; `and`, `or` and `not` are only in the targets.
struct ConditionStep {
  /// Targets that end a condition.
  static let accept: Int32 = -1
  static let reject: Int32 = -2

  enum Subject {
    case slot(Int32)
    case severity
    /// A capture that this rule never has.
    case missing
  }

  enum Operation {
    case exists
    case number(ConditionTest.Comparison, Double)
    case text(ConditionTest.Comparison)
    case severity(ConditionTest.Comparison, Severity)
  }

  var subject: Subject
  var operation: Operation
  /// The literal's bytes in the program's pool.
  var literal: Range<Int32>
  var ifTrue: Int32
  var ifFalse: Int32
}
