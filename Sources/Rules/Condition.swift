/// What `where` asks of a match.
package indirect enum Condition: Sendable, Equatable {
  case all(Condition, Condition)
  case any(Condition, Condition)
  case not(Condition)
  case test(ConditionTest)

  /// Every test in it, from left to right.
  var tests: [ConditionTest] {
    switch self {
    case .all(let left, let right), .any(let left, let right): left.tests + right.tests
    case .not(let inner): inner.tests
    case .test(let test): [test]
    }
  }
}

extension Condition {
  /// The condition as two that must both hold: one on names of which `isLate` is false, and the
  /// rest.
  func parts(isLate: (String) -> Bool) -> (early: Condition?, late: Condition?) {
    if case .all(let left, let right) = self {
      let (first, second) = (left.parts(isLate: isLate), right.parts(isLate: isLate))
      return (Self.both(first.early, second.early), Self.both(first.late, second.late))
    }
    return tests.contains { isLate($0.name) } ? (nil, self) : (self, nil)
  }

  private static func both(_ left: Condition?, _ right: Condition?) -> Condition? {
    guard let left, let right else { return left ?? right }
    return .all(left, right)
  }
}

/// One comparison of a capture.
package struct ConditionTest: Sendable, Equatable {
  package enum Comparison: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Relation: Sendable, Equatable {
    case exists
    case compare(Comparison, Literal)
    case among([Literal])
  }

  package struct Literal: Sendable, Equatable {
    package var text: String
    /// Quoted words are never read as numbers when the capture is a word.
    package var isQuoted: Bool
    /// Byte of the condition's text at which it begins.
    var offset: Int
  }

  package var name: String
  package var relation: Relation
  /// Byte of the condition's text at which the name begins.
  var offset: Int
}

/// The one way in which reports write a condition; equal texts mean equal conditions.
extension Condition: CustomStringConvertible {
  package var description: String { written(within: 0) }

  /// `or` binds at level 1, `and` at 2, `not` at 3.
  private func written(within level: Int) -> String {
    switch self {
    case .any(let left, let right):
      let text = "\(left.written(within: 1)) or \(right.written(within: 1))"
      return level > 1 ? "(\(text))" : text
    case .all(let left, let right):
      let text = "\(left.written(within: 2)) and \(right.written(within: 2))"
      return level > 2 ? "(\(text))" : text
    case .not(let inner): return "not \(inner.written(within: 3))"
    case .test(let test): return test.description
    }
  }
}

extension ConditionTest: CustomStringConvertible {
  package var description: String {
    switch relation {
    case .exists: "\(name) exists"
    case .compare(let comparison, let literal): "\(name) \(comparison.rawValue) \(literal)"
    case .among(let literals):
      "\(name) in (\(literals.map(\.description).joined(separator: ", ")))"
    }
  }
}

extension ConditionTest.Literal: CustomStringConvertible {
  package var description: String {
    guard isQuoted else { return text }
    return text.contains("'") ? "\"\(text)\"" : "'\(text)'"
  }
}
