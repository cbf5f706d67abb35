import Records

/// Turns conditions into steps of a match program, and finds comparisons that can never hold.
enum ConditionCompiler {
  /// The name of the record's severity in a condition.
  static let severityName = "severity"

  typealias SlotNames = [String: (index: Int32, kind: CaptureKind)]

  /// Appends the steps of `condition`.
  ///
  /// - Parameter slots: the program's slots of the rule's captures by name.
  /// - Returns: the first step.
  static func append(
    _ condition: Condition, to program: inout MatchProgram, slots: SlotNames
  ) -> Int32 {
    append(
      condition, to: &program, slots: slots, ifTrue: ConditionStep.accept,
      ifFalse: ConditionStep.reject)
  }

  private static func append(
    _ condition: Condition, to program: inout MatchProgram,
    slots: SlotNames, ifTrue: Int32, ifFalse: Int32
  ) -> Int32 {
    switch condition {
    case .all(let left, let right):
      let next = append(right, to: &program, slots: slots, ifTrue: ifTrue, ifFalse: ifFalse)
      return append(left, to: &program, slots: slots, ifTrue: next, ifFalse: ifFalse)
    case .any(let left, let right):
      let next = append(right, to: &program, slots: slots, ifTrue: ifTrue, ifFalse: ifFalse)
      return append(left, to: &program, slots: slots, ifTrue: ifTrue, ifFalse: next)
    case .not(let inner):
      return append(inner, to: &program, slots: slots, ifTrue: ifFalse, ifFalse: ifTrue)
    case .test(let test):
      return append(test, to: &program, slots: slots, ifTrue: ifTrue, ifFalse: ifFalse)
    }
  }

  private static func append(
    _ test: ConditionTest, to program: inout MatchProgram,
    slots: SlotNames, ifTrue: Int32, ifFalse: Int32
  ) -> Int32 {
    var subject = ConditionStep.Subject.missing
    var kind = CaptureKind.word
    if test.name == severityName {
      subject = .severity
    } else if let found = slots[test.name] {
      subject = .slot(found.index)
      kind = found.kind
    }
    func add(
      _ operation: ConditionStep.Operation, _ literal: ConditionTest.Literal?, ifFalse: Int32
    ) -> Int32 {
      let start = Int32(program.literals.count)
      if let literal { program.literals += Array(literal.text.utf8) }
      program.steps.append(
        ConditionStep(
          subject: subject, operation: operation, literal: start..<Int32(program.literals.count),
          ifTrue: ifTrue, ifFalse: ifFalse))
      return Int32(program.steps.count - 1)
    }
    func operation(
      _ comparison: ConditionTest.Comparison, _ literal: ConditionTest.Literal
    ) -> ConditionStep.Operation {
      if test.name == severityName {
        return .severity(comparison, Severity(name: literal.text) ?? .trace)
      }
      if let number = number(of: literal, kind: kind) { return .number(comparison, number) }
      return .text(comparison)
    }
    switch test.relation {
    case .exists:
      return add(.exists, nil, ifFalse: ifFalse)
    case .compare(let comparison, let literal):
      return add(operation(comparison, literal), literal, ifFalse: ifFalse)
    case .among(let literals):
      var next = ifFalse
      for literal in literals.reversed() {
        next = add(operation(.equal, literal), literal, ifFalse: next)
      }
      return next
    }
  }

  /// The number that a literal means beside a capture of this kind; nil when it is meant as text.
  static func number(of literal: ConditionTest.Literal, kind: CaptureKind) -> Double? {
    if literal.isQuoted, !kind.isNumeric { return nil }
    let bytes = Array(literal.text.utf8)
    let range = 0..<bytes.count
    if let number = NumberText.number(in: bytes.span, range) { return number }
    switch kind {
    case .duration: return DurationText.seconds(in: bytes.span, range)
    case .bytes: return NumberText.bytes(in: bytes.span, range)
    case .integer, .number, .word, .text, .route: return nil
    }
  }

  /// A literal that a capture of this kind never equals, such as `status >= 5xx`.
  static func mistake(in test: ConditionTest, of kind: CaptureKind) -> ExpressionError? {
    guard kind.isNumeric else { return nil }
    for literal in test.literals where number(of: literal, kind: kind) == nil {
      return ExpressionError(
        message:
          "\"\(test.name)\" is compared as a number (\(kind.name)); \"\(literal.text)\" is none",
        offset: literal.offset)
    }
    return nil
  }

  /// A literal that is no severity.
  static func severityMistake(in test: ConditionTest) -> ExpressionError? {
    let names = Severity.allCases.map(\.name)
    for literal in test.literals where !names.contains(literal.text) {
      return ExpressionError(
        message: "\"\(literal.text)\" is not a severity: expected \(names.joined(separator: ", "))"
          + NearestName.hint(literal.text, among: names),
        offset: literal.offset)
    }
    return nil
  }
}

extension ConditionTest {
  var literals: [Literal] {
    switch relation {
    case .exists: []
    case .compare(_, let literal): [literal]
    case .among(let literals): literals
    }
  }
}
