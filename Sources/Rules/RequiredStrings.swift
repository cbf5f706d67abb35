/// What every match of a pattern must contain, so that a text without it need not be matched.
///
/// The pattern becomes a graph of byte positions that matches at least what PCRE2 matches; see
/// `PatternParser` and `PatternGraph`. Around positions that no match avoids, strings are grown
/// along all paths. A pattern that is not understood in every detail requires nothing.
package enum RequiredStrings {
  /// The requirements that a pattern makes, the one that seems cheapest to look for first.
  ///
  /// Each inner array is one requirement: a text that the pattern matches contains at least one of
  /// its strings, once the text is padded with one newline before its first byte and one behind
  /// its last. Strings may be shorter than a search can use. The result is empty when nothing is
  /// known: the pattern has to be run on every text.
  package static func find(in pattern: String) -> [[ClassString]] {
    guard let node = PatternParser.parse(pattern),
      let graph = try? PatternGraph(node.withLookAroundsAtEnds)
    else { return [] }
    let choice = RequirementChoice(graph)
    return choice.best(Limits.requirementChoices).map(\.strings)
  }

  /// A requirement of texts that are one line each.
  package enum InLine: Sendable, Equatable {
    case oneOf([ClassString])
    /// No line without a newline inside can match.
    case impossible
  }

  /// What a requirement says about a text of one line.
  package static func inLine(_ requirement: [ClassString]) -> InLine {
    let strings = requirement.compactMap(\.withoutInnerNewlines)
    return strings.isEmpty ? .impossible : .oneOf(strings)
  }
}
