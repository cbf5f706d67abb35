package import Records

/// How a record becomes a match with captures.
package struct Rule: Sendable {
  /// A line that the rule must match, with what it must find there.
  package struct Sample: Sendable {
    /// One physical line, or several.
    package var text: String
    /// Captures by name, in their normal form.
    package var captures: [(name: String, value: String)]
    /// Other rules of the pack that match it too.
    package var also: [String]
    package var line: Int
  }

  /// A field of a structured record that must have one of these values.
  package struct FieldCondition: Sendable {
    package var path: FieldPath
    package var values: [String]
  }

  package let id: String
  package let pack: String
  /// The rule file, and the line where the rule begins.
  package let file: String
  package let line: Int
  package let about: String?
  package let ruleClass: RuleClass?
  package let severity: Severity
  /// The name that signals count.
  package let event: String
  package let pattern: CompiledPattern?
  /// What the record reader must have recognised, one of these; empty for any record.
  package let records: [RecordGate]
  package let condition: Condition?
  package let fields: [FieldCondition]
  /// Named groups and listed captures, then the normalised fields that are neither.
  package let captures: [Capture]
  /// Captures that pin the signature of a match apart from its free text.
  package let signature: [String]
  /// What a person can do about it.
  package let hint: String?
  /// Expected around a release: counted, never alerted.
  package let deployNoise: Bool
  /// A logger says that it dropped lines: counts are lower bounds.
  package let losesLines: Bool
  /// Shown, never gating.
  package let advisory: Bool
  package let samples: [Sample]
  /// Lines that it must not match.
  package let misses: [Sample]

  /// Whether its matches tell that the program starts or stops; what else is expected around a release,
  /// such as a checkpoint, is of severity info.
  package var marksRestart: Bool { deployNoise && severity == .notice }

  /// Whether its matches make a record without a severity an error record.
  package var isError: Bool { severity >= .error }
}

/// What `record:` asks of a record.
package enum RecordGate: Sendable, Equatable {
  /// A finished HTTP request: method, route and status are known.
  case request
  /// A record of several lines of one kind.
  case shape(RecordShape)
  /// The severity is error or worse; or none is stated, and an error rule matched.
  case error
  case format(LineFormat)

  /// The names that a rule file may use, `any` left out.
  package static var names: [String] {
    ["request", "error"] + shapes.map(\.rawValue) + LineFormat.allCases.map(\.rawValue)
  }

  /// The records of several lines that have a kind of their own.
  static let shapes: [RecordShape] = [.pythonTraceback, .javaTrace, .nodeTrace, .goPanic]

  package init?(name: String) {
    switch name {
    case "request": self = .request
    case "error": self = .error
    default:
      if let shape = Self.shapes.first(where: { $0.rawValue == name }) {
        self = .shape(shape)
        return
      }
      guard let format = LineFormat(rawValue: name) else { return nil }
      self = .format(format)
    }
  }

  package var name: String {
    switch self {
    case .request: "request"
    case .error: "error"
    case .shape(let shape): shape.rawValue
    case .format(let format): format.rawValue
    }
  }
}
