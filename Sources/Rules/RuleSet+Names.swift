/// What to say of a rule that is asked for by a name that there is not.
extension RuleSet {
  /// A sentence about an id that is no rule's, with the nearest one that is.
  package func complaint(aboutRule id: String) -> String {
    if let signal = index(ofSignal: id) {
      return "\"\(id)\" is a signal, not a rule: it compares \(meaning(ofSignal: signal))"
    }
    let hint = NearestName.hint(id, among: rules.lazy.map(\.id))
    return "there is no rule \"\(id)\""
      + (hint.isEmpty ? "; tidemark rules list shows all \(rules.count)" : hint)
  }
}
