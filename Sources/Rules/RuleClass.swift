package import Records

/// What kind of trouble a rule finds.
package enum RuleClass: String, Sendable, CaseIterable {
  case crash, release, error, dependency, capacity, data, security, warning

  /// The severity of a rule that states none.
  package var severity: Severity {
    switch self {
    case .crash: .critical
    case .release, .error, .dependency, .capacity, .data, .security: .error
    case .warning: .warning
    }
  }
}
